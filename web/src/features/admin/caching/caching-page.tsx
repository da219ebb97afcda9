// How long answers may be shown again before the database is asked anew.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../../api/client';
import { errorText } from '../../../lib/error-text';
import { useDatabases } from '../../../lib/databases';
import type { Dashboard, Question } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Button, type Column, Dialog, Form, Loaded, PageHeader, Section, Select, showToast, Table, TextField } from '../../../ui';
import { CronFields } from '../../schedule';
import { type Lifetime, type Model, useForgetAnswers, useLifetimes, useSetLifetime } from './queries';
import { inherit, sentence, type Strategy, strategyFrom, units, ways } from './strategies';

interface Line {
  model: Model;
  id: number;
  name: string;
  strategy: Strategy | null;
}

export function CachingPage() {
  const { t } = useI18n();
  const forget = useForgetAnswers((count) => showToast(t('{count, plural, one {# answer is forgotten} other {# answers are forgotten}}', { count })));

  return (
    <>
      <PageHeader
        title={t('Kept answers')}
        lead={t('An answer that is kept is shown at once, without asking the database. The closest word wins: that of the question, then of the dashboard, of the database, of the site.')}
        actions={
          <Button isPending={forget.isPending} onPress={() => forget.mutate(undefined, { onError: (error) => showToast(errorText(t, error)) })}>
            {t('Forget all kept answers')}
          </Button>
        }
      />
      <Loaded query={useLifetimes()}>{(lifetimes) => <Lifetimes lifetimes={lifetimes} />}</Loaded>
    </>
  );
}

const useNamed = <Found,>(key: string, path: string) => useQuery({ queryKey: [key], queryFn: () => get<Found[]>(path) }).data ?? [];

function Lifetimes({ lifetimes }: { lifetimes: Lifetime[] }) {
  const { t } = useI18n();
  const databases = useDatabases().data ?? [];
  const dashboards = useNamed<Dashboard>('dashboards', '/api/dashboard').filter(({ archived }) => !archived);
  const questions = useNamed<Question>('questions', '/api/card').filter(({ archived }) => !archived);
  const [edited, edit] = useState<Line | null>(null);
  const [isAdding, setAdding] = useState(false);
  const strategyOf = (model: Model, id: number) => lifetimes.find((one) => one.model === model && one.model_id === id)?.strategy ?? null;
  const line = (model: Model) => ({ id, name }: { id: number; name: string }): Line => ({ model, id, name, strategy: strategyOf(model, id) });
  const above = [line('root')({ id: 0, name: t('The whole site') }), ...databases.map(line('database'))];
  const all = [...dashboards.map(line('dashboard')), ...questions.map(line('question'))];
  const own = all.filter(({ strategy }) => strategy !== null);

  return (
    <>
      <Section title={t('Site and databases')}>
        <LifetimeTable caption={t('Site and databases')} lines={above} onEdit={edit} />
      </Section>
      <Section title={t('Dashboards and questions of their own')}>
        {own.length > 0 ? <LifetimeTable caption={t('Dashboards and questions of their own')} lines={own} onEdit={edit} /> : <p>{t('All follow their database.')}</p>}
        <p>
          <Button isDisabled={all.length === 0} onPress={() => setAdding(true)}>
            {t('Add one')}
          </Button>
        </p>
      </Section>
      {isAdding && (
        <ChooseDialog
          lines={all}
          onClose={() => setAdding(false)}
          onChoose={(chosen) => {
            setAdding(false);
            edit(chosen);
          }}
        />
      )}
      {edited && <LifetimeDialog line={edited} onClose={() => edit(null)} />}
    </>
  );
}

function LifetimeTable({ caption, lines, onEdit }: { caption: string; lines: Line[]; onEdit: (line: Line) => void }) {
  const { t } = useI18n();
  const say = (strategy: Strategy | null, model: Model) => {
    if (!strategy) return model === 'root' ? t('never') : t('as above');
    const [message, values] = sentence(strategy);
    return t(message, values);
  };
  const columns: Column<Line>[] = [
    { label: t('For'), cell: ({ name }) => name },
    { label: t('Answers are shown again'), cell: ({ strategy, model }) => say(strategy, model) },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (one) => (
        <Button look="quiet" label={t('Change: {name}', { name: one.name })} onPress={() => onEdit(one)}>
          {t('Change')}
        </Button>
      ),
    },
  ];

  return <Table caption={caption} columns={columns} rows={lines} keyOf={({ model, id }) => `${model}${id}`} />;
}

function ChooseDialog({ lines, onClose, onChoose }: { lines: Line[]; onClose: () => void; onChoose: (line: Line) => void }) {
  const { t } = useI18n();
  const keyOf = ({ model, id }: Line) => `${model}/${id}`;

  return (
    <Dialog title={t('A dashboard or a question')} onClose={onClose}>
      <Select
        label={t('Which one')}
        isSearchable
        choices={lines.map((one) => ({ id: keyOf(one), label: `${one.name} (${one.model === 'dashboard' ? t('Dashboard') : t('Question')})` }))}
        value={null}
        onChange={(key) => {
          const found = lines.find((one) => keyOf(one) === key);
          if (found) onChoose(found);
        }}
      />
    </Dialog>
  );
}

function LifetimeDialog({ line, onClose }: { line: Line; onClose: () => void }) {
  const { t } = useI18n();
  const [way, setWay] = useState<string>(line.strategy?.type ?? (line.model === 'root' ? 'nocache' : inherit));
  const kept = line.strategy;
  const [cron, setCron] = useState(kept?.type === 'schedule' ? kept.schedule : '0 6 * * *');
  const [unit, setUnit] = useState(kept?.type === 'duration' ? kept.unit : 'hours');
  const set = useSetLifetime(() => {
    onClose();
    showToast(t('The changes are saved.'));
  });
  const choices = [...(line.model === 'root' ? [] : [{ id: inherit, label: t('As above') }]), ...ways.map(({ id, label }) => ({ id, label: t(label) }))];

  return (
    <Dialog title={t('How long, for {name}', { name: line.name })} onClose={onClose}>
      <Form
        submitLabel={t('Save')}
        error={set.error}
        isPending={set.isPending}
        onSubmit={(values) => set.mutate({ model: line.model, model_id: line.id, strategy: strategyFrom(way, { ...values, unit }) })}
      >
        <Select label={t('Answers are shown again')} choices={choices} value={way} onChange={setWay} />
        {way === 'duration' && (
          <>
            <TextField name="duration" type="number" label={t('How many')} isRequired defaultValue={String(kept?.type === 'duration' ? kept.duration : 1)} />
            <Select label={t('Of what')} choices={units.map(({ id, label }) => ({ id, label: t(label) }))} value={unit} onChange={setUnit} />
          </>
        )}
        {way === 'ttl' && (
          <>
            <TextField name="multiplier" type="number" label={t('How many times as long')} isRequired defaultValue={String(kept?.type === 'ttl' ? kept.multiplier : 10)} />
            <TextField name="least" type="number" label={t('Only answers that took at least (seconds)')} isRequired defaultValue={String(kept?.type === 'ttl' ? kept.min_duration_ms / 1_000 : 1)} />
          </>
        )}
        {way === 'schedule' && (
          <>
            <CronFields label={t('Schedule')} cron={cron} onChange={setCron} />
            <input type="hidden" name="schedule" value={cron} />
          </>
        )}
      </Form>
    </Dialog>
  );
}
