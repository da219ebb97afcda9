// A dashboard while it is edited: every change can be undone until it is saved.
import { useState } from 'react';
import type { Dashcard, Parameter, Question, SeriesCard } from '../../../lib/question-types';
import type { Settings } from '../../../shared/data';
import { firstSize, freePlace } from '../layout';
import type { DashboardChange, SavedDashcard } from '../queries';
import type { SectionPlan } from './sections';

export interface Edited {
  dashcards: Dashcard[];
  tabs: { id: number; name: string }[];
  parameters: Parameter[];
}

export interface EditState extends Edited {
  /** The same, as one object that is new with each change. */
  now: Edited;
  isChanged: boolean;
  set: (change: Partial<Edited>) => void;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

interface Steps {
  past: Edited[];
  now: Edited;
  future: Edited[];
}

// From the state of the moment: two keys may be pressed before the page is drawn again.
const stepBack = ({ past, now, future }: Steps): Steps => ({ past: past.slice(0, -1), now: past.at(-1) ?? now, future: past.length ? [now, ...future] : future });

const stepForward = ({ past, now, future }: Steps): Steps => ({ past: future.length ? [...past, now] : past, now: future[0] ?? now, future: future.slice(1) });

export function useEditState({ dashcards, tabs, parameters }: Edited): EditState {
  const [{ past, now, future }, set] = useState<Steps>({ past: [], now: { dashcards, tabs, parameters }, future: [] });

  return {
    ...now,
    now,
    isChanged: past.length > 0,
    set: (change) => set((state) => ({ past: [...state.past, state.now].slice(-200), now: { ...state.now, ...change }, future: [] })),
    undo: past.length ? () => set(stepBack) : undefined,
    redo: future.length ? () => set(stepForward) : undefined,
  };
}

/** One of a list at another place, counted from 0. */
export function atPlace<Thing>(things: readonly Thing[], isIt: (thing: Thing) => boolean, to: number): Thing[] {
  const others = things.filter((thing) => !isIt(thing));

  return [...others.slice(0, to), ...things.filter(isIt), ...others.slice(to)];
}

/** New things have negative numbers until the server gives them theirs. */
const newId = (things: readonly { id: number }[]) => Math.min(0, ...things.map(({ id }) => id)) - 1;

function newCard({ dashcards }: Edited, tab: number | null, display: string, more: Partial<Dashcard>): Dashcard {
  const here = dashcards.filter(({ dashboard_tab_id }) => dashboard_tab_id === tab);
  const [width, height] = firstSize(display);

  return {
    ...freePlace(here, width, height),
    id: newId(dashcards),
    card_id: null,
    dashboard_tab_id: tab,
    parameter_mappings: [],
    visualization_settings: {},
    ...more,
  };
}

export const withQuestion = (state: Edited, tab: number | null, question: Question): Dashcard[] => [
  ...state.dashcards,
  newCard(state, tab, question.display, { card_id: question.id, card: question }),
];

export const withWords = (state: Edited, tab: number | null, display: string, settings: Settings): Dashcard[] => [
  ...state.dashcards,
  newCard(state, tab, display, { visualization_settings: { virtual_card: { name: null, display, visualization_settings: {}, dataset_query: {}, archived: false }, ...settings } }),
];

/** A ready layout below what is there: a heading, and places that wait for questions. */
export function withSection({ dashcards }: Edited, tab: number | null, { cards }: SectionPlan, heading: string): Dashcard[] {
  const here = dashcards.filter(({ dashboard_tab_id }) => dashboard_tab_id === tab);
  const bottom = Math.max(0, ...here.map(({ row, size_y }) => row + size_y));
  const first = newId(dashcards);
  const virtual = (display: string) => ({ virtual_card: { name: null, display, visualization_settings: {}, dataset_query: {}, archived: false } });

  return [
    ...dashcards,
    ...cards.map(
      ({ display, row, ...place }, index): Dashcard => ({
        ...place,
        row: row + bottom,
        id: first - index,
        card_id: null,
        dashboard_tab_id: tab,
        parameter_mappings: [],
        visualization_settings: { ...virtual(display), ...(display === 'heading' && { text: heading }) },
      }),
    ),
  ];
}

/** A question takes the place that was kept for one. */
export const filled = ({ dashcards }: Edited, id: number, question: Question): Dashcard[] =>
  dashcards.map((card) => (card.id === id ? { ...card, card_id: question.id, card: question, visualization_settings: {} } : card));

/** Questions over the one of the card. Those of the same table are filtered as it is. */
export const withSeries = ({ dashcards }: Edited, id: number, series: SeriesCard[], sameTable: readonly number[]): Dashcard[] =>
  dashcards.map((card) => {
    if (card.id !== id) return card;
    const own = card.parameter_mappings.filter(({ card_id }) => card_id === card.card_id);
    const copied = series.filter((one) => sameTable.includes(one.id)).flatMap((one) => own.map((mapping) => ({ ...mapping, card_id: one.id })));
    return { ...card, series, parameter_mappings: [...own, ...copied] };
  });

/** The first tab takes the cards that had none. */
export function withNewTab({ tabs, dashcards }: Edited, name: (number: number) => string): Partial<Edited> & { tab: number } {
  if (tabs.length) {
    const id = newId(tabs);
    return { tabs: [...tabs, { id, name: name(tabs.length + 1) }], tab: id };
  }
  return { tabs: [{ id: -1, name: name(1) }, { id: -2, name: name(2) }], dashcards: dashcards.map((card) => ({ ...card, dashboard_tab_id: -1 })), tab: -2 };
}

export function withoutTab({ tabs, dashcards }: Pick<Edited, 'tabs' | 'dashcards'>, tab: number): Partial<Edited> {
  const left = tabs.filter(({ id }) => id !== tab);
  const kept = dashcards.filter(({ dashboard_tab_id }) => dashboard_tab_id !== tab);

  // One tab alone is no tab.
  return left.length > 1 ? { tabs: left, dashcards: kept } : { tabs: [], dashcards: kept.map((card) => ({ ...card, dashboard_tab_id: null })) };
}

/** Its cards go to another tab, below what stands there; then it is gone. */
export function withTabMoved({ tabs, dashcards }: Edited, tab: number, target: number): Partial<Edited> {
  const bottom = Math.max(0, ...dashcards.filter(({ dashboard_tab_id }) => dashboard_tab_id === target).map(({ row, size_y }) => row + size_y));
  const moved = dashcards.map((card) => (card.dashboard_tab_id === tab ? { ...card, dashboard_tab_id: target, row: card.row + bottom } : card));

  return withoutTab({ tabs, dashcards: moved }, tab);
}

/** One card goes to another tab, where there is room for it. */
export function withCardMoved({ dashcards }: Pick<Edited, 'dashcards'>, moved: Dashcard, tab: number): Dashcard[] {
  const place = freePlace(dashcards.filter(({ dashboard_tab_id }) => dashboard_tab_id === tab), moved.size_x, moved.size_y);

  return dashcards.map((card) => (card.id === moved.id ? { ...card, ...place, id: card.id, dashboard_tab_id: tab } : card));
}

export function withoutParameter({ parameters, dashcards }: Edited, id: string): Partial<Edited> {
  return {
    parameters: parameters
      .filter((parameter) => parameter.id !== id)
      .map((parameter) => (parameter.filteringParameters ? { ...parameter, filteringParameters: parameter.filteringParameters.filter((other) => other !== id) } : parameter)),
    dashcards: dashcards.map((card) => ({ ...card, parameter_mappings: card.parameter_mappings.filter(({ parameter_id }) => parameter_id !== id) })),
  };
}

/** What the server is told of a card: its place, its wiring, its looks. */
export const toSave = ({ id, card_id, dashboard_tab_id, row, col, size_x, size_y, parameter_mappings, visualization_settings, series }: Dashcard): SavedDashcard => ({
  id,
  card_id,
  dashboard_tab_id,
  row,
  col,
  size_x,
  size_y,
  parameter_mappings,
  visualization_settings,
  ...(series && { series: series.map((one) => ({ id: one.id })) }),
});

/** The same on another dashboard: tabs and cards are new there. */
export function asNew({ tabs, dashcards, parameters }: Edited): Required<Pick<DashboardChange, 'tabs' | 'dashcards' | 'parameters'>> {
  const numbers = new Map(tabs.map(({ id }, index) => [id, -1 - index] as const));

  return {
    tabs: tabs.map(({ id, name }) => ({ id: numbers.get(id) ?? id, name })),
    dashcards: dashcards.map((card, index) => ({ ...toSave(card), id: -1 - index, dashboard_tab_id: card.dashboard_tab_id === null ? null : (numbers.get(card.dashboard_tab_id) ?? null) })),
    parameters,
  };
}
