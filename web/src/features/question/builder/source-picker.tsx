// What a question starts from: a table, a model, a saved question.
import { useQueries } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { DatabaseWithTables } from '../../../api/types';
import { useDatabases } from '../../../lib/databases';
import { useI18n } from '../../../shared/i18n';
import { Picker } from '../../../ui';
import { questionOfMetric } from '../model/metrics';
import type { Query } from '../model/query';
import { useQuestions } from '../queries';

interface SourcePickerProps {
  /** Only what is in this database: questions of one are not joined with data of another. */
  database?: number;
  /** Metrics bring their figure along: what becomes one starts from the data itself. */
  hasMetrics?: boolean;
  /** `start` is the question that a metric begins with. */
  onPick: (database: number, source: number | string, name: string, start?: Query) => void;
}

export function SourcePicker({ database: only, hasMetrics = only === undefined, onPick }: SourcePickerProps) {
  const { t } = useI18n();
  const databases = (useDatabases().data ?? []).filter(({ id }) => only === undefined || id === only);
  const questions = (useQuestions().data ?? []).filter(({ archived, database_id }) => !archived && database_id !== null && (only === undefined || database_id === only));
  const loaded = useQueries({
    queries: databases.map(({ id }) => ({
      queryKey: ['database-tables', id],
      queryFn: () => get<DatabaseWithTables>(`/api/database/${id}/metadata`),
      staleTime: 5 * 60_000,
    })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data] : [])),
  });
  const tableGroups = loaded.map((database) => ({
    label: database.name,
    items: database.tables.filter(({ visibility_type }) => !visibility_type).map((table) => ({
      id: `table ${database.id} ${table.id}`,
      label: table.display_name,
      ...(table.schema && { detail: table.schema }),
    })),
  }));
  const saved = (type: string, label: string) => ({
    label,
    items: questions.filter((question) => question.type === type).map(({ id, name, database_id }) => ({ id: `card ${database_id} ${id}`, label: name })),
  });

  function pick(key: string) {
    const [kind, database, id] = key.split(' ');
    const metric = kind === 'card' ? questions.find((one) => one.id === Number(id) && one.type === 'metric') : undefined;
    const name = [...tableGroups, ...['model', 'metric', 'question'].map((type) => saved(type, ''))].flatMap(({ items }) => items).find((item) => item.id === key)?.label ?? '';
    onPick(Number(database), kind === 'table' ? Number(id) : `card__${id}`, name, metric && questionOfMetric(Number(database), metric));
  }

  return <Picker label={t('Data')} groups={[saved('model', t('Models')), ...(hasMetrics ? [saved('metric', t('Metrics'))] : []), ...tableGroups, saved('question', t('Saved questions'))]} onPick={pick} />;
}
