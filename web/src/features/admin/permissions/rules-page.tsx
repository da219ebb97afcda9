// Rows that a group sees of a table, and columns that it does not see.
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Button, type Column, Loaded, Section, showToast, Table } from '../../../ui';
import { groupName } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { type ColumnRule, type RowRule, useAddRowRule, useColumnRules, useHideColumn, useRemoveRowRule, useRowRules, useShowColumn } from './queries';
import { RuleDialog } from './rule-dialog';
import { operatorWords } from './rule-words';

type Open = 'rows' | 'columns' | null;

export function Rules() {
  const { t } = useI18n();
  const [opened, open] = useState<Open>(null);

  return (
    <>
      <Section title={t('Rows')} lead={t('A group with a rule sees only the rows that fit it. A person of several groups sees the rows of each.')}>
        <Loaded query={useRowRules()}>{(rules) => <RowRules rules={rules} />}</Loaded>
        <p>
          <Button onPress={() => open('rows')}>{t('Limit rows')}</Button>
        </p>
      </Section>
      <Section title={t('Hidden columns')} lead={t('Questions of the group behave as if the column were not there.')}>
        <Loaded query={useColumnRules()}>{(rules) => <ColumnRules rules={rules} />}</Loaded>
        <p>
          <Button onPress={() => open('columns')}>{t('Hide a column')}</Button>
        </p>
      </Section>
      {opened && <RuleDialog kind={opened} onClose={() => open(null)} />}
    </>
  );
}

function RowRules({ rules }: { rules: RowRule[] }) {
  const { t } = useI18n();
  const add = useAddRowRule(() => {});
  const removal = useRemoveRowRule(() => {});
  const columns: Column<RowRule>[] = [
    { label: t('Group'), cell: ({ group_id }) => <GroupName id={group_id} /> },
    { label: t('Table'), cell: ({ field_id }) => <FieldName id={field_id} part="table" /> },
    {
      label: t('Sees only rows where'),
      cell: (rule) => (
        <>
          <FieldName id={rule.field_id} part="field" /> {t(operatorWords[rule.operator] ?? rule.operator)} {wanted(rule)}
        </>
      ),
    },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (rule) => (
        <Button look="quiet" label={t('Remove the rule on {name}', { name: wanted(rule) })} onPress={() => take(rule)}>
          {t('Remove')}
        </Button>
      ),
    },
  ];

  function wanted({ user_attribute, value }: RowRule): string {
    return user_attribute ? t('what the attribute {name} of the person says', { name: user_attribute }) : [value].flat().join(', ');
  }

  function take({ id, ...rule }: RowRule) {
    removal.mutate(id, {
      onSuccess: () => showToast(t('The rule is removed.'), () => add.mutate(rule)),
      onError: (error) => showToast(errorText(t, error)),
    });
  }

  if (!rules.length) return <p>{t('Every group sees all rows of what it may see.')}</p>;
  return <Table caption={t('Rows')} columns={columns} rows={rules} keyOf={({ id }) => id} />;
}

function ColumnRules({ rules }: { rules: ColumnRule[] }) {
  const { t } = useI18n();
  const hide = useHideColumn(() => {});
  const show = useShowColumn(() => {});
  const columns: Column<ColumnRule>[] = [
    { label: t('Group'), cell: ({ group_id }) => <GroupName id={group_id} /> },
    { label: t('Table'), cell: ({ field_id }) => <FieldName id={field_id} part="table" /> },
    { label: t('Column'), cell: ({ field_id }) => <FieldName id={field_id} part="field" /> },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: ({ id, group_id, field_id }) => (
        <Button
          look="quiet"
          onPress={() =>
            show.mutate(id, {
              onSuccess: () => showToast(t('The column is shown again.'), () => hide.mutate({ group_id, field_id })),
              onError: (error) => showToast(errorText(t, error)),
            })
          }
        >
          {t('Show again')}
        </Button>
      ),
    },
  ];

  if (!rules.length) return <p>{t('No column is hidden from anyone.')}</p>;
  return <Table caption={t('Hidden columns')} columns={columns} rows={rules} keyOf={({ id }) => id} />;
}

function GroupName({ id }: { id: number }) {
  const { t } = useI18n();
  const group = useGroups().data?.find((one) => one.id === id);

  return group ? groupName(t, group) : '';
}

interface NamedField {
  display_name: string;
  table: { display_name: string };
}

function FieldName({ id, part }: { id: number; part: 'field' | 'table' }) {
  const field = useQuery({ queryKey: ['rights', 'field', id], queryFn: () => get<NamedField>(`/api/field/${id}`) }).data;

  return part === 'field' ? field?.display_name : field?.table.display_name;
}
