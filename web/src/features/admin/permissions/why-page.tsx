// "Why can she see this?": the decision of the server, told step by step.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../../api/client';
import type { Table } from '../../../api/types';
import type { Dashboard, Question } from '../../../lib/question-types';
import { useCollectionChoices } from '../../../lib/collections';
import { useDatabases } from '../../../lib/databases';
import { useI18n } from '../../../shared/i18n';
import { Badge, type Choice, Choices, Loaded, Section, Select, Toolbar } from '../../../ui';
import { usePeople } from '../people/queries';
import { type Explanation, useExplanation } from './queries';
import { reasonText } from './reasons';
import styles from './permissions.module.css';

export function Why() {
  const { t } = useI18n();
  const [person, setPerson] = useState<string | null>(null);
  const [kind, setKind] = useState('table');
  const [thing, setThing] = useState<string | null>(null);
  const people = usePeople('', 'active').data ?? [];
  const things = useThings(kind);
  const why = useExplanation(person, thing && `${kind}:${thing}`);

  return (
    <Section title={t('Why can somebody see something?')} lead={t('Choose a person and a thing: the rights of each group are told one by one, with what follows from them.')}>
      <Toolbar>
        <Choices
          isNarrow
          label={t('Kind')}
          choices={[
            { id: 'table', label: t('Table') },
            { id: 'database', label: t('Database') },
            { id: 'card', label: t('Question') },
            { id: 'dashboard', label: t('Dashboard') },
            { id: 'collection', label: t('Collection') },
          ]}
          value={kind}
          onChange={(id) => {
            setKind(id);
            setThing(null);
          }}
        />
      </Toolbar>
      <div className={styles.ask}>
        <Select label={t('Who')} isSearchable={people.length > 8} choices={people.map(({ email, common_name }) => ({ id: email, label: common_name }))} value={person} onChange={setPerson} />
        <Select key={kind} label={t('What')} isSearchable={things.length > 8} choices={things} value={thing} onChange={setThing} />
      </div>
      {person && thing && <Loaded query={why}>{(explanation) => <Answer explanation={explanation} />}</Loaded>}
    </Section>
  );
}

function Answer({ explanation: { may_read, may_write, reasons } }: { explanation: Explanation }) {
  const { t } = useI18n();

  return (
    <div role="status">
      <p>
        <Badge kind={may_read ? 'success' : 'warning'}>{may_read ? t('May see it') : t('May not see it')}</Badge>{' '}
        <Badge kind={may_write ? 'success' : 'plain'}>{may_write ? t('May change it or build on it') : t('May not change it')}</Badge>
      </p>
      <ol className={styles.reasons}>
        {reasons.map((reason) => (
          <li key={reason}>{reasonText(t, reason)}</li>
        ))}
      </ol>
    </div>
  );
}

const named = (list: { id: number; name: string; archived?: boolean }[]): Choice[] => list.filter(({ archived }) => !archived).map(({ id, name }) => ({ id: String(id), label: name }));

function useThings(kind: string): Choice[] {
  const databases = useDatabases().data ?? [];
  const collections = useCollectionChoices();
  const tables = useQuery({ queryKey: ['tables'], queryFn: () => get<Table[]>('/api/table'), enabled: kind === 'table' }).data ?? [];
  const questions = useQuery({ queryKey: ['questions'], queryFn: () => get<Question[]>('/api/card'), enabled: kind === 'card' }).data ?? [];
  const dashboards = useQuery({ queryKey: ['dashboards'], queryFn: () => get<Dashboard[]>('/api/dashboard'), enabled: kind === 'dashboard' }).data ?? [];
  const lists: Record<string, Choice[]> = {
    table: tables.map(({ id, display_name }) => ({ id: String(id), label: display_name })),
    database: named(databases),
    card: named(questions),
    dashboard: named(dashboards),
    collection: collections,
  };

  return lists[kind] ?? [];
}
