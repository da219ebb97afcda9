// The page that a click opens, and the values that go with it.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { Dashboard, Question } from '../../../lib/question-types';
import type { ClickBehavior } from '../../../shared/dashboard';
import type { Column } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Select } from '../../../ui';
import { parameterPlaces, questionPlace, type ValueOrigin } from './click-behavior';
import { ChosenMappings, Mappings } from './click-values';
import { sameTarget, targetsOf, useWiringSources } from './targets';

interface TargetProps {
  behavior: ClickBehavior;
  origins: ValueOrigin[];
  onChange: (behavior: ClickBehavior) => void;
}

export function DashboardTarget({ behavior, origins, own, onChange }: TargetProps & { own: number }) {
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
      {target && target.parameters.length > 0 && <Mappings places={parameterPlaces(target.parameters)} origins={origins} behavior={behavior} onChange={onChange} />}
    </>
  );
}

export function QuestionTarget({ behavior, origins, columns, onChange }: TargetProps & { columns: Column[] }) {
  const { t } = useI18n();
  const questions = (useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card') }).data ?? []).filter(({ archived }) => !archived);
  const chosen = questions.find(({ id }) => id === behavior.targetId);
  const sources = useWiringSources(chosen ? [chosen] : []);
  const known = chosen ? targetsOf(chosen, null, sources) : [];
  const mapped = Object.values(behavior.parameterMapping ?? {}).map(({ target: { dimension, id } }) => dimension ?? ['variable', ['template-tag', id]]);
  // Other clients write some targets in another way: they keep it.
  const kept = mapped.map((target) => ({ target, label: known.find((one) => sameTarget(one.target, target))?.label ?? t('As it is') }));
  const free = known.filter(({ target }) => !mapped.some((one) => sameTarget(one, target)));
  const places = [...kept, ...free].map(({ label, target }) => questionPlace(label, target));

  return (
    <>
      <Select
        label={t('Which question')}
        isSearchable={questions.length > 8}
        choices={questions.map((one) => ({ id: String(one.id), label: one.name }))}
        value={behavior.targetId === undefined ? null : String(behavior.targetId)}
        onChange={(id) => onChange({ ...behavior, targetId: Number(id), parameterMapping: {} })}
      />
      {places.length > 0 && <ChosenMappings places={places} origins={origins} columns={columns} behavior={behavior} onChange={onChange} />}
    </>
  );
}
