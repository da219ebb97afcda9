// What an archive would do, before it does.
import { Fragment } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Badge, type Column, Notice, Table } from '../../../ui';
import type { Plan, Problem, Step } from './queries';
import { acts, changesOf, kinds, problemText } from './words';

export function PlanView({ plan }: { plan: Plan }) {
  const { t } = useI18n();

  if (plan.problems.length > 0) return <Problems plan={plan} />;
  if (plan.steps.length === 0 && plan.managed > 0) return <Managed plan={plan} />;
  if (plan.steps.length === 0) return <Notice kind="success">{t('Nothing to do: {count, plural, one {# file says} other {# files say}} what is here already.', { count: plan.unchanged })}</Notice>;
  return (
    <>
      <Notice>
        {t('{created} new, {changed} changed, {trashed} to the trash, {unchanged} as they are. Nothing is done yet.', { created: plan.created, changed: plan.changed, trashed: plan.trashed, unchanged: plan.unchanged })}
      </Notice>
      {plan.managed > 0 && <Managed plan={plan} />}
      <Steps plan={plan} />
    </>
  );
}

function Managed({ plan: { managed } }: { plan: Plan }) {
  const { t } = useI18n();

  return <Notice>{t('{count, plural, one {# collection is} other {# collections are}} managed by these files from then on.', { count: managed })}</Notice>;
}

function Steps({ plan }: { plan: Plan }) {
  const { t } = useI18n();
  const names = new Map(plan.steps.map(({ entity_id, name }) => [entity_id, name]));
  const columns: Column<Step>[] = [
    { label: t('Name'), cell: ({ name }) => name },
    { label: t('Kind'), cell: ({ model }) => t(kinds[model] ?? model) },
    {
      label: t('What happens'),
      cell: (step) => (
        <div>
          <Badge kind={step.act === 'trashed' ? 'warning' : 'plain'}>{t(acts[step.act])}</Badge> {step.is_public && <Badge kind="warning">{t('Seen by visitors')}</Badge>}
          {step.act === 'changed' && (
            <ul>
              {changesOf(step, (entity) => names.get(entity) ?? t('Card')).map(({ message, values }) => (
                <li key={message + Object.values(values).join()}>{t(message, values)}</li>
              ))}
            </ul>
          )}
        </div>
      ),
    },
  ];

  return <Table caption={t('What would happen')} columns={columns} rows={plan.steps} keyOf={({ model, entity_id }) => `${model} ${entity_id}`} />;
}

function Problems({ plan }: { plan: Plan }) {
  const { t } = useI18n();
  const place = ({ path, line }: Problem) => (line === null ? (path ?? '') : `${path}:${line}`);

  return (
    <Notice kind="danger">
      <p>{t('These files cannot be brought in. Nothing was changed.')}</p>
      <ul>
        {plan.problems.map((problem) => {
          const { message, values } = problemText(problem);
          return (
            <li key={`${place(problem)} ${problem.message}`}>
              {problem.path && <Place>{place(problem)}</Place>} {t(message, values)}
            </li>
          );
        })}
      </ul>
      {plan.more_problems > 0 && <p>{t('And {count} more.', { count: plan.more_problems })}</p>}
    </Notice>
  );
}

/** On a phone a path breaks where its parts end. */
function Place({ children }: { children: string }) {
  return (
    <code>
      {children.split(/(?<=[/_])/).map((part, index) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
