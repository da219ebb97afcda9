// What was made of a table: the questions that begin with it.
import { Link } from 'wouter';
import { msg, useI18n } from '../../shared/i18n';
import { type Column, Table } from '../../ui';
import { describing } from './describing';
import { type QuestionOn, useQuestionsOn } from './queries';
import styles from './reference.module.css';

const kinds = { question: msg('Question'), model: msg('Model'), metric: msg('Metric') };

export function UsedIn({ tableId }: { tableId: string }) {
  const { t } = useI18n();
  const { data: questions = [] } = useQuestionsOn(tableId);
  if (!questions.length) return null;

  const columns: Column<QuestionOn>[] = [
    { label: t('Name'), cell: ({ id, name }) => <Link href={`/question/${id}`}>{name}</Link> },
    { label: t('Kind'), cell: ({ type }) => t(kinds[type]) },
    { label: t('Collection'), cell: ({ collection }) => collection?.name ?? t('Shared space') },
    ...describing(t, questions),
  ];
  return (
    <section>
      <h2 className={styles.schema}>{t('Used in')}</h2>
      <Table caption={t('Questions on this table')} columns={columns} rows={questions} keyOf={({ id }) => id} />
    </section>
  );
}
