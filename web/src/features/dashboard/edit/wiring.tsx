// Which column of each card a filter acts on: one line for each card.
import type { Dashcard, Parameter } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Button, Select } from '../../../ui';
import { useSameTable } from '../queries';
import { targetsOf, useWiringTables, type Target } from './targets';
import type { EditState } from './state';
import styles from './edit.module.css';

interface WiringProps {
  parameter: Parameter;
  state: EditState;
  cards: Dashcard[];
}

/** Two ways to write the same target: options that only repeat the type or the stage do not count. */
const same = (one: unknown, other: unknown) => identity(one) === identity(other);

function identity(target: unknown): string {
  if (!Array.isArray(target)) return '';
  const [kind, ref] = target as [string, unknown];
  const [head, name, options] = (Array.isArray(ref) ? ref : [ref]) as [unknown, unknown, Record<string, unknown> | null | undefined];

  return JSON.stringify([kind, head, name, options?.['source-field'] ?? null, options?.['join-alias'] ?? null]);
}

export function Wiring({ parameter, state, cards }: WiringProps) {
  const { t } = useI18n();
  const questions = cards.filter(({ card_id }) => card_id !== null);
  const tables = useWiringTables(questions);
  const alike = useSameTable(questions);
  const rows = questions.map((card) => ({ card, targets: targetsOf(card, parameter, tables) }));
  const wired = questions.map((card) => targetIn(card, parameter)).find((target) => target !== undefined);

  function wire(change: Map<number, unknown>) {
    state.set({
      dashcards: state.dashcards.map((card) => {
        if (!change.has(card.id)) return card;
        const others = card.parameter_mappings.filter(({ parameter_id }) => parameter_id !== parameter.id);
        const target = change.get(card.id);
        const ids = [card.card_id, ...(card.series ?? []).map(({ id }) => id).filter((id) => alike.get(card.id)?.includes(id))];
        return { ...card, parameter_mappings: target ? [...others, ...ids.map((id) => ({ parameter_id: parameter.id, card_id: id, target }))] : others };
      }),
    });
  }

  const fitting = wired ? rows.filter(({ card, targets }) => !targetIn(card, parameter) && targets.some(({ target }) => same(target, wired))) : [];
  return (
    <div className={styles.wiring} role="group" aria-label={t('Cards')}>
      <strong>{t('Which column of each card')}</strong>
      {rows.map(({ card, targets }) => (
        <CardWire key={card.id} card={card} targets={targets} chosen={targetIn(card, parameter)} onChoose={(target) => wire(new Map([[card.id, target]]))} />
      ))}
      {fitting.length > 0 && (
        <Button onPress={() => wire(new Map(fitting.map(({ card }) => [card.id, wired])))}>
          {t('Use the same column on {count, plural, one {# other card} other {# other cards}}', { count: fitting.length })}
        </Button>
      )}
    </div>
  );
}

const targetIn = (card: Dashcard, { id }: Parameter): unknown => card.parameter_mappings.find(({ parameter_id }) => parameter_id === id)?.target;

interface CardWireProps {
  card: Dashcard;
  targets: Target[];
  chosen: unknown;
  onChoose: (target: unknown) => void;
}

function CardWire({ card, targets, chosen, onChoose }: CardWireProps) {
  const { t } = useI18n();
  const name = String(card.visualization_settings['card.title'] ?? card.card?.name ?? '');
  const at = targets.findIndex(({ target }) => same(target, chosen));
  const isUnknown = chosen !== undefined && at < 0;

  if (!targets.length && !isUnknown) return <p className={styles.soft}>{t('{name}: nothing here fits this filter.', { name })}</p>;
  return (
    <Select
      label={name}
      isSearchable={targets.length > 8}
      choices={[
        { id: 'none', label: t('Not filtered') },
        ...(isUnknown ? [{ id: 'kept', label: t('As it is') }] : []),
        ...targets.map(({ label }, index) => ({ id: String(index), label })),
      ]}
      value={isUnknown ? 'kept' : at < 0 ? 'none' : String(at)}
      onChange={(id) => id !== 'kept' && onChoose(id === 'none' ? undefined : targets[Number(id)]?.target)}
    />
  );
}
