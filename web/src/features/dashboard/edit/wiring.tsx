// Which column of each question a filter acts on: one line for each, those drawn over another one too.
import type { Dashcard, Parameter } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Button, Select } from '../../../ui';
import { useSameTable } from '../queries';
import { sameTarget, type Target, targetsOf, useWiringSources } from './targets';
import type { EditState } from './state';
import { followers, rowKey, rowsOf, targetIn, wired, type WiringRow } from './wiring-rows';
import styles from './edit.module.css';

interface WiringProps {
  parameter: Parameter;
  state: EditState;
  cards: Dashcard[];
}

export function Wiring({ parameter, state, cards }: WiringProps) {
  const { t } = useI18n();
  const rows = rowsOf(cards);
  const sources = useWiringSources(rows.map(({ question }) => question));
  const alike = useSameTable(cards.filter(({ card_id }) => card_id !== null));
  const lines = rows.map((row) => ({ row, targets: targetsOf(row.question, parameter.type, sources), chosen: targetIn(row, parameter.id) }));
  const model = lines.find(({ chosen }) => chosen !== undefined)?.chosen;
  const fitting = model ? lines.filter(({ chosen, targets }) => !chosen && targets.some(({ target }) => sameTarget(target, model))) : [];

  const wire = (changes: { row: WiringRow; target: unknown }[]) => state.set({ dashcards: wired(state.dashcards, parameter, changes) });
  const choose = (row: WiringRow, target: unknown) => wire([row, ...followers(row, rows, alike.get(row.card.id) ?? [], parameter.id)].map((one) => ({ row: one, target })));

  return (
    <div className={styles.wiring} role="group" aria-label={t('Cards')}>
      <strong>{t('Which column of each card')}</strong>
      {lines.map(({ row, targets, chosen }) => (
        <Line key={rowKey(row)} label={row.label} targets={targets} chosen={chosen} onChoose={(target) => choose(row, target)} />
      ))}
      {fitting.length > 0 && (
        <Button onPress={() => wire(fitting.map(({ row }) => ({ row, target: model })))}>
          {t('Use the same column on {count, plural, one {# other card} other {# other cards}}', { count: fitting.length })}
        </Button>
      )}
    </div>
  );
}

interface LineProps {
  label: string;
  targets: Target[];
  chosen: unknown;
  onChoose: (target: unknown) => void;
}

function Line({ label, targets, chosen, onChoose }: LineProps) {
  const { t } = useI18n();
  const at = targets.findIndex(({ target }) => sameTarget(target, chosen));
  const isUnknown = chosen !== undefined && at < 0;

  if (!targets.length && !isUnknown) return <p className={styles.soft}>{t('{name}: nothing here fits this filter.', { name: label })}</p>;
  return (
    <Select
      label={label}
      isSearchable={targets.length > 8}
      choices={[
        { id: 'none', label: t('Not filtered') },
        ...(isUnknown ? [{ id: 'kept', label: t('As it is') }] : []),
        ...targets.map((target, index) => ({ id: String(index), label: target.label })),
      ]}
      value={isUnknown ? 'kept' : at < 0 ? 'none' : String(at)}
      onChange={(id) => id !== 'kept' && onChoose(id === 'none' ? undefined : targets[Number(id)]?.target)}
    />
  );
}
