// Going on from an answer: a press on a mark, a cell or a header opens what fits; each act is a question of its own,
// at an address of its own, so that the browser's way back leads to where one was.
import { type ReactNode, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Brushed, Chosen, Data, Settings } from '../../../shared/data';
import { type Draft, encodeDraft } from '../draft';
import { type DatasetQuery, type Query, toDatasetQuery } from '../model/query';
import { askedOf } from './context';
import { narrow } from './drills';
import { later } from '../../../ui';
import type { Target } from './drill-menu';

export interface DrillAsk {
  /** The question that was asked, with every filter that was applied to it. */
  dataset: DatasetQuery;
  display: string;
  settings: Settings;
  data: Data | undefined;
  /** The saved question, when it is one and nothing was changed. */
  saved: { id: number; name: string } | null;
  /** Where one came from: shown on the next question. */
  origin?: number | undefined;
  /** Filters of the dashboard that the question does not hold. */
  missed?: readonly string[];
  onSettings?: ((settings: Settings) => void) | undefined;
  onFormat?: ((column: string) => void) | undefined;
}

export interface Drill {
  onChoose: (chosen: Chosen) => void;
  onBrush: ((brushed: Brushed) => void) | undefined;
  onHeader: (column: number, place: { x: number; y: number }) => void;
  menu: ReactNode;
}

/** What a next question keeps of how this one looks. */
export function nextDraft({ display, settings, saved, origin, missed = [] }: DrillAsk, query: Query, shown?: string): Draft {
  const source = saved?.id ?? origin;

  return {
    dataset_query: toDatasetQuery(query),
    display: shown ?? 'table',
    displayIsLocked: shown !== undefined,
    visualization_settings: shown === display ? settings : {},
    ...(source !== undefined && { original_card_id: source }),
    ...(missed.length && { missed_filters: [...missed] }),
  };
}

const DrillMenu = later(async () => (await import('./drill-menu')).DrillMenu, null);

export const draftAddress = (draft: Draft): string => `/question/new#${encodeDraft(draft)}`;

export function useDrill(ask: DrillAsk): Drill {
  const [, go] = useLocation();
  const [target, setTarget] = useState<Target | null>(null);
  const { data, dataset } = ask;
  const saved = ask.saved?.id ?? null;
  const asked = useMemo(() => (data ? askedOf(dataset, data.cols, saved) : null), [data, dataset, saved]);
  const open = (query: Query, display?: string) => {
    setTarget(null);
    go(draftAddress(nextDraft(ask, query, display)));
  };

  return {
    onChoose: (chosen) => setTarget({ kind: 'cell', chosen }),
    onHeader: (column, place) => setTarget({ kind: 'header', column, place }),
    onBrush: asked ? ({ column, from, to }) => open(narrow(asked, column, from, to), ask.display) : undefined,
    menu: target && data && <DrillMenu ask={ask} asked={asked} data={data} target={target} onOpen={open} onClose={() => setTarget(null)} />,
  };
}
