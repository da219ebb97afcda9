// All filters against all cards, tab by tab: which column each acts on, one by one or many at once.
import type { Parameter } from '../../../lib/question-types';
import { inOrder } from '../../../shared/grid-view';
import { useI18n } from '../../../shared/i18n';
import { Button, CellSelect, Dialog, Matrix, type MatrixRow, Notice } from '../../../ui';
import { useSameTable } from '../queries';
import type { EditState } from './state';
import { sameTarget, targetsOf, useWiringSources } from './targets';
import { fittedLines, followers, looseLines, rowKey, rowsOf, targetIn, wired, type WiringLine, type WiringRow } from './wiring-rows';
import styles from './edit.module.css';

export function WiringMatrix({ state, onClose }: { state: EditState; onClose: () => void }) {
  const { t } = useI18n();
  const { parameters, tabs } = state;
  const rows = rowsOf(inOrder(state.dashcards));
  const sources = useWiringSources(rows.map(({ question }) => question));
  const alike = useSameTable(state.dashcards.filter(({ card_id }) => card_id !== null));
  const lineOf = (row: WiringRow, parameter: Parameter): WiringLine => ({ row, targets: targetsOf(row.question, parameter.type, sources), chosen: targetIn(row, parameter.id) });
  const wire = (parameter: Parameter, changes: { row: WiringRow; target: unknown }[]) => changes.length > 0 && state.set({ dashcards: wired(state.dashcards, parameter, changes) });

  const ofCard = (row: WiringRow, depth: number): MatrixRow => ({
    key: rowKey(row),
    depth,
    head: row.label,
    cells: parameters.map((parameter) => (
      <Cell
        key={parameter.id}
        line={lineOf(row, parameter)}
        label={`${parameter.name}, ${row.label}`}
        onChoose={(target) => wire(parameter, [row, ...followers(row, rows, alike.get(row.card.id) ?? [], parameter.id)].map((one) => ({ row: one, target })))}
      />
    )),
  });
  const ofMany = (key: string, name: string, many: WiringRow[], depth: number): MatrixRow => ({
    key,
    depth,
    head: name,
    cells: parameters.map((parameter) => {
      const lines = rows.map((row) => lineOf(row, parameter));
      const here = (changes: { row: WiringRow; target: unknown }[]) => changes.filter(({ row }) => many.includes(row));
      return <ManyCell key={parameter.id} label={`${parameter.name}, ${name}`} onFit={() => wire(parameter, here(fittedLines(lines, parameter)))} onLoosen={() => wire(parameter, here(looseLines(lines)))} />;
    }),
  });
  const ofTab = ({ id, name }: { id: number; name: string }): MatrixRow[] => {
    const here = rows.filter(({ card }) => card.dashboard_tab_id === id);
    return here.length ? [ofMany(`tab ${id}`, name, here, 1), ...here.map((row) => ofCard(row, 2))] : [];
  };
  const lines = [ofMany('all', t('All cards'), rows, 0), ...(tabs.length > 1 ? tabs.flatMap(ofTab) : rows.map((row) => ofCard(row, 1)))];

  return (
    <Dialog title={t('What the filters act on')} isWide onClose={onClose}>
      {rows.length ? <Matrix caption={t('Filters and cards')} corner={t('Card')} columns={parameters.map((one) => headOf(one, parameters))} rows={lines} /> : <Notice>{t('There is no card with a question yet.')}</Notice>}
      <div className={styles.ends}>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}

/** A filter whose values depend on another one shows where they come from. */
function headOf({ name, filteringParameters = [] }: Parameter, all: readonly Parameter[]): string {
  const parents = all.filter(({ id }) => filteringParameters.includes(id)).map((parent) => parent.name);

  return parents.length ? `${name} ← ${parents.join(', ')}` : name;
}

function Cell({ line: { targets, chosen }, label, onChoose }: { line: WiringLine; label: string; onChoose: (target: unknown) => void }) {
  const { t } = useI18n();
  const at = targets.findIndex(({ target }) => sameTarget(target, chosen));
  const isUnknown = chosen !== undefined && at < 0;

  if (!targets.length && !isUnknown) return <span className={styles.soft}>{t('Nothing fits')}</span>;
  return (
    <CellSelect
      label={label}
      choices={[{ id: 'none', label: t('Not filtered') }, ...(isUnknown ? [{ id: 'kept', label: t('As it is') }] : []), ...targets.map((target, index) => ({ id: String(index), label: target.label }))]}
      value={isUnknown ? 'kept' : at < 0 ? 'none' : String(at)}
      onChange={(id) => id !== 'kept' && onChoose(id === 'none' ? undefined : targets[Number(id)]?.target)}
    />
  );
}

function ManyCell({ label, onFit, onLoosen }: { label: string; onFit: () => void; onLoosen: () => void }) {
  const { t } = useI18n();
  const acts: Record<string, () => void> = { fit: onFit, none: onLoosen };

  return (
    <CellSelect
      label={label}
      choices={[
        { id: '', label: t('Each as it is') },
        { id: 'fit', label: t('Wherever it fits') },
        { id: 'none', label: t('On none') },
      ]}
      value=""
      onChange={(id) => acts[id]?.()}
    />
  );
}
