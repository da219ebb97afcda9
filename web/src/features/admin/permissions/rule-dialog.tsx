// A new rule: for which group, on which column, and for rows, which ones are seen.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../../api/client';
import type { Table } from '../../../api/types';
import { useI18n } from '../../../shared/i18n';
import { Choices, Dialog, Form, type FormValues, Select, showToast, TextField } from '../../../ui';
import { administratorsId, groupName } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { useAddRowRule, useHideColumn, useTableFields } from './queries';
import { operatorWords, ruleValue } from './rule-words';

export function RuleDialog({ kind, onClose }: { kind: 'rows' | 'columns'; onClose: () => void }) {
  const { t } = useI18n();
  const [group, setGroup] = useState<string | null>(null);
  const [table, setTable] = useState<string | null>(null);
  const [field, setField] = useState<string | null>(null);
  const [operator, setOperator] = useState('=');
  const [source, setSource] = useState('value');
  const groups = (useGroups().data ?? []).filter(({ id }) => id !== administratorsId);
  const tables = useQuery({ queryKey: ['tables'], queryFn: () => get<Table[]>('/api/table') }).data ?? [];
  const fields = useTableFields(table === null ? null : Number(table)).data?.fields ?? [];
  const done = () => {
    onClose();
    showToast(t('The rule holds from now on.'));
  };
  const limit = useAddRowRule(done);
  const hide = useHideColumn(done);
  const change = kind === 'rows' ? limit : hide;

  function submit({ wanted = '' }: FormValues) {
    const place = { group_id: Number(group), field_id: Number(field) };
    const type = fields.find(({ id }) => String(id) === field)?.base_type ?? '';

    if (kind === 'columns') return hide.mutate(place);
    const own = source === 'attribute' ? { user_attribute: wanted, value: null } : { user_attribute: null, value: ruleValue(wanted, type) };
    limit.mutate({ ...place, table_id: Number(table), operator, ...own });
  }

  return (
    <Dialog title={kind === 'rows' ? t('Limit rows') : t('Hide a column')} onClose={onClose}>
      <Form submitLabel={t('Add the rule')} error={change.error} isPending={change.isPending} onSubmit={submit}>
        <Select label={t('Group')} isRequired choices={groups.map((one) => ({ id: String(one.id), label: groupName(t, one) }))} value={group} onChange={setGroup} />
        <Select
          label={t('Table')}
          isRequired
          isSearchable={tables.length > 8}
          choices={tables.map(({ id, display_name }) => ({ id: String(id), label: display_name }))}
          value={table}
          onChange={(id) => {
            setTable(id);
            setField(null);
          }}
        />
        <Select label={t('Column')} isRequired isDisabled={table === null} isSearchable={fields.length > 8} choices={fields.map(({ id, display_name }) => ({ id: String(id), label: display_name }))} value={field} onChange={setField} />
        {kind === 'rows' && (
          <>
            <Select label={t('Comparison')} isRequired choices={Object.entries(operatorWords).map(([id, label]) => ({ id, label: t(label) }))} value={operator} onChange={setOperator} />
            <Choices
              label={t('Compared with')}
              choices={[
                { id: 'value', label: t('A value') },
                { id: 'attribute', label: t('An attribute of the person') },
              ]}
              value={source}
              onChange={setSource}
            />
            {source === 'value' ? (
              <TextField key="value" name="wanted" label={t('Value')} isRequired hint={t('Several are separated by commas.')} />
            ) : (
              <TextField key="attribute" name="wanted" label={t('Name of the attribute')} isRequired hint={t('Who has no such attribute sees no row.')} />
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}
