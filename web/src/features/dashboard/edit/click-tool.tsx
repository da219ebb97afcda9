// What a click on a card does: nothing, filters of this dashboard, or another page with values.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { Dashboard, Dashcard, Parameter, Question } from '../../../lib/question-types';
import type { ClickBehavior, ClickMapping } from '../../../shared/dashboard';
import type { Column } from '../../../shared/data';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, Dialog, Select, TextField } from '../../../ui';
import { useCardAnswers } from '../queries';
import type { EditState } from './state';
import styles from './edit.module.css';

const ways = [
  { id: 'none', label: msg('Nothing') },
  { id: 'crossfilter', label: msg('Sets filters of this dashboard') },
  { id: 'dashboard', label: msg('Opens another dashboard') },
  { id: 'question', label: msg('Opens a question') },
  { id: 'url', label: msg('Opens an address') },
];

interface ClickDialogProps {
  dashboard: Dashboard;
  card: Dashcard;
  state: EditState;
  onClose: () => void;
}

const wayOf = ({ type, linkType }: ClickBehavior): string => (type === 'link' ? (linkType ?? 'url') : type === 'crossfilter' ? type : 'none');

export function ClickDialog({ dashboard, card, state, onClose }: ClickDialogProps) {
  const { t } = useI18n();
  const [answer] = useCardAnswers({ dashboard, card, values: {}, round: 0 });
  const columns = answer?.data?.data?.cols ?? [];
  const now = (card.visualization_settings.click_behavior ?? { type: 'none' }) as ClickBehavior;
  const way = wayOf(now);

  function set(behavior: ClickBehavior) {
    state.set({ dashcards: state.dashcards.map((one) => (one.id === card.id ? { ...one, visualization_settings: { ...one.visualization_settings, click_behavior: behavior } } : one)) });
  }

  function choose(id: string) {
    if (id === 'none' || id === 'crossfilter') set({ type: id, parameterMapping: {} });
    else set({ type: 'link', linkType: id as 'dashboard' | 'question' | 'url', parameterMapping: {} });
  }

  return (
    <Dialog title={t('A click on {name}', { name: card.card?.name ?? '' })} onClose={onClose}>
      <Select label={t('What it does')} choices={ways.map(({ id, label }) => ({ id, label: t(label) }))} value={way} onChange={choose} />
      {way === 'crossfilter' && <Mappings parameters={state.parameters} columns={columns} behavior={now} onChange={set} />}
      {way === 'dashboard' && <DashboardTarget behavior={now} columns={columns} own={dashboard.id} onChange={set} />}
      {way === 'question' && <QuestionTarget behavior={now} onChange={set} />}
      {way === 'url' && (
        <TextField
          label={t('Address')}
          isRequired
          defaultValue={now.linkTemplate ?? ''}
          hint={t('A name in braces stands for its value: {names}', { names: columns.map(({ name }) => `{{${name}}}`).join(' ') })}
          onChange={(linkTemplate) => set({ ...now, linkTemplate })}
        />
      )}
      <div className={styles.ends}>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}

interface MappingsProps {
  parameters: Parameter[];
  columns: Column[];
  behavior: ClickBehavior;
  onChange: (behavior: ClickBehavior) => void;
}

const untouched = 'untouched';

/** For each filter, the column whose value it takes. */
function Mappings({ parameters, columns, behavior, onChange }: MappingsProps) {
  const { t } = useI18n();
  const mapping = behavior.parameterMapping ?? {};

  function choose(parameter: Parameter, name: string) {
    const { [parameter.id]: _old, ...others } = mapping;
    const made: ClickMapping = { id: parameter.id, source: { type: 'column', id: name }, target: { type: 'parameter', id: parameter.id } };
    onChange({ ...behavior, parameterMapping: name === untouched ? others : { ...others, [parameter.id]: made } });
  }

  if (!parameters.length) return <p>{t('There is no filter yet: add one first.')}</p>;
  return (
    <div className={styles.wiring} role="group" aria-label={t('Values of the filters')}>
      <strong>{t('Values of the filters')}</strong>
      {parameters.map((parameter) => (
        <Select
          key={parameter.id}
          label={parameter.name}
          choices={[{ id: untouched, label: t('Stays as it is') }, ...columns.map(({ name, display_name }) => ({ id: name, label: t('What is clicked in {name}', { name: display_name }) }))]}
          value={mapping[parameter.id]?.source.id ?? untouched}
          onChange={(name) => choose(parameter, name)}
        />
      ))}
    </div>
  );
}

function DashboardTarget({ behavior, columns, own, onChange }: Omit<MappingsProps, 'parameters'> & { own: number }) {
  const { t } = useI18n();
  const dashboards = (useQuery({ queryKey: ['dashboards'], queryFn: () => get<Dashboard[]>('/api/dashboard') }).data ?? []).filter(({ id, archived }) => id !== own && !archived);
  const id = behavior.targetId;
  const target = useQuery({ queryKey: ['dashboard', String(id)], queryFn: () => get<Dashboard>(`/api/dashboard/${id}`), enabled: id !== undefined }).data;

  return (
    <>
      <Select
        label={t('Which dashboard')}
        isSearchable={dashboards.length > 8}
        choices={dashboards.map((one) => ({ id: String(one.id), label: one.name }))}
        value={id === undefined ? null : String(id)}
        onChange={(chosen) => onChange({ ...behavior, targetId: Number(chosen), parameterMapping: {} })}
      />
      {target && target.parameters.length > 0 && <Mappings parameters={target.parameters} columns={columns} behavior={behavior} onChange={onChange} />}
    </>
  );
}

function QuestionTarget({ behavior, onChange }: Pick<MappingsProps, 'behavior' | 'onChange'>) {
  const { t } = useI18n();
  const questions = (useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card') }).data ?? []).filter(({ archived }) => !archived);

  return (
    <Select
      label={t('Which question')}
      isSearchable={questions.length > 8}
      choices={questions.map((one) => ({ id: String(one.id), label: one.name }))}
      value={behavior.targetId === undefined ? null : String(behavior.targetId)}
      onChange={(chosen) => onChange({ ...behavior, targetId: Number(chosen) })}
    />
  );
}
