// Columns of another table or of a saved question, beside those of the first.
import { useState } from 'react';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Notice, Spinner } from '../../../ui';
import { type Choosable, joinColumns, joinedAnswerColumns } from '../model/columns';
import { cardOf, type Join, newQuery, replaced, type Stage, toDatasetQuery, withStage } from '../model/query';
import { withoutJoin } from '../model/references';
import { speakJoin } from '../model/speak';
import { useAnswerColumns, useTables } from '../queries';
import { firstJoin, JoinForm } from './join-form';
import { SourcePicker } from './source-picker';
import { Add, Chip, Step } from './step';
import type { StepsProps } from './stage-steps';

export function JoinStep({ query, at, columns, problems, onChange }: StepsProps) {
  const { t, locale } = useI18n();
  const stage = query.stages[at] as Stage;
  const { database } = query;
  const set = (joins: Join[]) => onChange(withStage(query, at, { joins }));

  return (
    <Step title={t('Join')} error={problems.joins} part={{ query, at, step: 'join' }}>
      {stage.joins.map((join, index) => (
        <Chip
          key={join.alias}
          label={speakJoin({ t, locale }, join, columns.plain)}
          onRemove={() => onChange(withoutJoin(query, at, join.alias))}
          edit={(close) => (
            <Joined database={database} source={join['source-table']}>
              {({ rightOf }) => (
                <JoinForm
                  join={join}
                  columns={columns.plain}
                  right={rightOf(join.alias)}
                  submitLabel={t('Change the join')}
                  onSubmit={(changed) => {
                    set(replaced(stage.joins, index, changed));
                    close();
                  }}
                />
              )}
            </Joined>
          )}
        />
      ))}
      <Add label={t('Join other data')}>
        {(close) => (
          <NewJoin
            database={database}
            columns={columns.plain}
            taken={stage.joins.map(({ alias }) => alias)}
            onSubmit={(join) => {
              set([...stage.joins, join]);
              close();
            }}
          />
        )}
      </Add>
    </Step>
  );
}

interface NewJoinProps {
  database: number;
  columns: Choosable[];
  taken: string[];
  onSubmit: (join: Join) => void;
}

function NewJoin({ database, columns, taken, onSubmit }: NewJoinProps) {
  const { t } = useI18n();
  const [chosen, choose] = useState<{ source: number | string; name: string } | null>(null);

  if (!chosen) return <SourcePicker database={database} onPick={(_, source, name) => choose({ source, name })} />;
  return (
    <Joined database={database} source={chosen.source}>
      {({ rightOf }) => {
        const join = firstJoin({ ...chosen, columns, taken, rightOf });
        return <JoinForm join={join} right={rightOf(join.alias)} columns={columns} submitLabel={t('Join them')} onSubmit={onSubmit} />;
      }}
    </Joined>
  );
}

interface JoinedProps {
  database: number;
  source: number | string;
  children: (joined: { rightOf: (alias: string) => Choosable[] }) => React.ReactNode;
}

/** Waits for the columns of what is joined. */
function Joined({ database, source, children }: JoinedProps) {
  const { t } = useI18n();
  const isCard = cardOf(source) !== null;
  const { tables, error: unread } = useTables(typeof source === 'number' ? [source] : []);
  const answer = useAnswerColumns(isCard ? toDatasetQuery({ ...newQuery(database, source), stages: [] }) : null);
  const table = typeof source === 'number' ? tables.get(source) : undefined;
  const error = unread ?? answer.error;

  if (error) return <Notice kind="danger">{errorText(t, error)}</Notice>;
  if (answer.data && !answer.data.length) return <Notice kind="warning">{t('The saved question has no answer now: its columns are not known.')}</Notice>;
  if (table) return children({ rightOf: (alias) => joinColumns({ alias }, table) });
  return answer.data ? children({ rightOf: (alias) => joinedAnswerColumns({ alias }, answer.data) }) : <Spinner />;
}
