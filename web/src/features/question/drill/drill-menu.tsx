// What can be done from a place of an answer, as a small sheet beside it.
import { useState } from 'react';
import type { Chosen, Column, Data, Settings } from '../../../shared/data';
import { useWriting, writer } from '../../../shared/format';
import { type Translate, useI18n } from '../../../shared/i18n';
import { type ActSection, Picker, PointMenu } from '../../../ui';
import { FilterForm } from '../builder/filter-form';
import { firstBreakout } from '../builder/breakout-form';
import { useColumns } from '../builder/use-columns';
import { isSummarised, type Query } from '../model/query';
import { type Asked, lastOf } from './context';
import { breakOut, withFilter } from './drills';
import { cellOffers, figureOffers, filterColumn, groupChoices, headerOffers, lookOffers, type Next, type OfferSection } from './offers';
import styles from './drill.module.css';
import { RowDialog } from './row-dialog';
import type { DrillAsk } from './use-drill';

export type Target = { kind: 'cell'; chosen: Chosen } | { kind: 'header'; column: number; place: { x: number; y: number } };

interface DrillMenuProps {
  ask: DrillAsk;
  /** The question as the builder reads it; nothing for one in SQL that cannot be built on. */
  asked: Asked | null;
  data: Data;
  target: Target;
  onOpen: (query: Query, display?: string) => void;
  onClose: () => void;
}

export function DrillMenu(props: DrillMenuProps) {
  return props.asked ? <BuiltMenu {...props} asked={props.asked} /> : <PlainMenu {...props} />;
}

const placeOf = (target: Target) => (target.kind === 'header' ? target.place : target.chosen.place);

const labelOf = (target: Target, { cols }: Data) => (target.kind === 'header' ? (cols[target.column]?.display_name ?? '') : target.chosen.label);

/** Hidden columns are stored with the order of the others. */
function hidden({ cols }: Data, settings: Settings, name: string): Settings {
  const stored = Array.isArray(settings['table.columns']) ? (settings['table.columns'] as { name: string; enabled: boolean }[]) : cols.map((column) => ({ name: column.name, enabled: true }));

  return { ...settings, 'table.columns': [...stored.filter((one) => one.name !== name), { name, enabled: false }] };
}

/** The acts that only concern what is on the page. */
function useNext({ ask, data, onOpen, onClose }: DrillMenuProps) {
  const [next, setNext] = useState<Next | null>(null);

  function take(chosen: Next) {
    const column = chosen.kind === 'hide' || chosen.kind === 'format' ? (data.cols[chosen.column]?.name ?? '') : '';
    if (chosen.kind === 'question') return onOpen(chosen.query, chosen.keepsLook ? ask.display : chosen.display);
    if (chosen.kind === 'hide') ask.onSettings?.(hidden(data, ask.settings, column));
    else if (chosen.kind === 'format') ask.onFormat?.(column);
    else return setNext(chosen);
    onClose();
  }
  return { next, take };
}

const acts = (sections: OfferSection[], { ask }: DrillMenuProps, take: (next: Next) => void): ActSection[] =>
  sections.map(({ label, offers }) => ({
    label,
    acts: offers
      .filter(({ next }) => (next.kind !== 'hide' || ask.onSettings) && (next.kind !== 'format' || ask.onFormat))
      .map(({ id, label: name, next }) => ({ id: `${label} ${id}`, label: name, onAction: () => take(next) })),
  }));

function PlainMenu(props: DrillMenuProps) {
  const { ask, data, target, onOpen, onClose } = props;
  const { t, locale } = useI18n();
  const { next, take } = useNext(props);
  const row = target.kind === 'cell' ? target.chosen.row : undefined;
  const look = row ? { label: t('Go further'), offers: [{ id: 'row', label: t('Look at this row'), next: { kind: 'row' } as Next }] } : null;
  const sections = target.kind === 'header' ? [lookOffers({ t, locale }, target.column)] : look ? [look] : [];

  if (next?.kind === 'row' && row) return <RowDialog data={data} settings={ask.settings} row={row} database={ask.dataset.database} onOpen={onOpen} onClose={onClose} />;
  return (
    <PointMenu label={labelOf(target, data)} place={placeOf(target)} sections={acts(sections, props, take)} onClose={onClose}>
      {sections.length ? undefined : <Nothing t={t} />}
    </PointMenu>
  );
}

const Nothing = ({ t }: { t: Translate }) => <p className={styles.form}>{t('Save this question in SQL to go further from its answers.')}</p>;

function BuiltMenu(props: DrillMenuProps & { asked: Asked }) {
  const { ask, asked, data, target, onOpen, onClose } = props;
  const { t, locale } = useI18n();
  const writing = useWriting();
  const { next, take } = useNext(props);
  const { stages } = useColumns(asked.query);
  const columns = stages.at(-1)?.input ?? [];
  const write = (column: number, value: unknown) => writer(writing, data.cols[column] as Column, ask.settings)(value as never);
  const scene = { speaker: { t, locale }, asked, columns, write };
  const row = target.kind === 'cell' ? target.chosen.row : undefined;

  function inside() {
    if (next?.kind === 'groups') return <GroupPicker columns={columns} onPick={(column) => onOpen(breakOut(asked, next.groups, firstBreakout(column)))} />;
    if (next?.kind !== 'filter') return undefined;
    return <FilterForm column={filterColumn(scene, next.column)} onSubmit={(filter) => onOpen(withFilter(asked, next.column, () => filter), ask.display)} />;
  }

  if (next?.kind === 'row' && row) return <RowDialog data={data} settings={ask.settings} row={row} database={asked.query.database} onOpen={onOpen} onClose={onClose} />;
  return (
    <PointMenu label={labelOf(target, data)} place={placeOf(target)} sections={acts(offersAt(scene, target), props, take)} onClose={onClose}>
      {inside()}
    </PointMenu>
  );
}

function offersAt(scene: Parameters<typeof figureOffers>[0], target: Target): OfferSection[] {
  if (target.kind === 'header') return headerOffers(scene, target.column);
  const { chosen } = target;
  const isGroup = isSummarised(lastOf(scene.asked.query)) && chosen.groups.some(({ column }) => column === chosen.column);

  if (!isSummarised(lastOf(scene.asked.query))) return cellOffers(scene, chosen);
  return figureOffers(scene, isGroup ? { ...chosen, groups: chosen.groups.filter(({ column }) => column === chosen.column) } : chosen).slice(0, isGroup ? 2 : undefined);
}

interface GroupPickerProps {
  columns: ReturnType<typeof useColumns>['stages'][number]['input'];
  onPick: (column: GroupPickerProps['columns'][number]) => void;
}

function GroupPicker({ columns, onPick }: GroupPickerProps) {
  const { t } = useI18n();
  const own = columns[0]?.group;
  const groups = groupChoices(columns).map(({ label, columns: some }) => ({
    label: t(label),
    items: some.map((column) => ({ id: String(columns.indexOf(column)), label: column.group === own ? column.label : `${column.group} → ${column.label}` })),
  }));

  return (
    <Picker
      label={t('Break out by…')}
      groups={groups}
      onPick={(id) => {
        const column = columns[Number(id)];
        if (column) onPick(column);
      }}
    />
  );
}
