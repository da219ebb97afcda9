// What a table and its columns are called, what they mean, who sees them.
import { useState } from 'react';
import { errorText } from '../../../lib/error-text';
import { useI18n } from '../../../shared/i18n';
import { Badge, Button, type Column, Form, Loaded, Menu, PageHeader, Section, Select, showToast, Table, TextArea, TextField, Toolbar } from '../../../ui';
import { meaningOf, typeInWords } from '../../reference';
import { RefillDialog } from '../../upload';
import { FieldDialog } from './field-dialog';
import { movedInOrder } from './order';
import { type AdminField, type AdminTable, useAdminTable, useFieldOrder, useSaveTable, useTableWork } from './queries';
import { orders, visibilities, visibilityOf } from './words';

export function TablePage({ id }: { id: number }) {
  return <Loaded query={useAdminTable(id)}>{(table) => <Content key={table.id} table={table} />}</Loaded>;
}

function Content({ table }: { table: AdminTable }) {
  const { t } = useI18n();
  const path = [{ label: t('Databases'), href: '/admin/databases' }, ...(table.db ? [{ label: table.db.name, href: `/admin/databases/${table.db_id}` }] : [])];
  const [isRefilling, setRefilling] = useState(false);
  const work = useTableWork(table.id, () => showToast(t('The server works on it.')));
  const sayProblem = { onError: (error: Error) => showToast(errorText(t, error)) };

  return (
    <>
      <PageHeader title={t('Administer: {name}', { name: table.display_name })} path={path} lead={[table.schema, table.name].filter(Boolean).join('.')} actions={table.is_upload && <Button onPress={() => setRefilling(true)}>{t('Rows from a file')}</Button>} />
      {isRefilling && <RefillDialog table={table} onClose={() => setRefilling(false)} />}
      <Section>
        <TableForm table={table} />
      </Section>
      <Section title={t('Columns')}>
        <Toolbar>
          <Button isPending={work.isPending} onPress={() => work.mutate('rescan_values', sayProblem)}>
            {t('Look at values now')}
          </Button>
          <Button isPending={work.isPending} onPress={() => work.mutate('discard_values', sayProblem)}>
            {t('Forget the kept values')}
          </Button>
        </Toolbar>
        <Fields table={table} />
      </Section>
    </>
  );
}

function TableForm({ table }: { table: AdminTable }) {
  const { t } = useI18n();
  const save = useSaveTable(table.id, () => showToast(t('The changes are saved.')));
  const [visibility, setVisibility] = useState(table.visibility_type ?? 'shown');
  const [order, setOrder] = useState(table.field_order);

  return (
    <Form
      submitLabel={t('Save')}
      error={save.error}
      isPending={save.isPending}
      onSubmit={({ display_name = '', description = '', public_source = '', public_licence = '' }) =>
        save.mutate({
          display_name,
          description: description || null,
          public_source: public_source.trim() || null,
          public_licence: public_licence.trim() || null,
          visibility_type: visibility === 'shown' ? null : visibility,
          field_order: order,
        })
      }
    >
      <TextField name="display_name" label={t('Name')} defaultValue={table.display_name} isRequired maxLength={254} />
      <TextArea name="description" label={t('Description')} defaultValue={table.description ?? ''} />
      <TextField
        name="public_source"
        label={t('Source')}
        hint={t('Where its rows come from, at the foot of published pages that read it. Empty: what the settings say. An address at its end makes a link.')}
        defaultValue={table.public_source ?? ''}
        maxLength={500}
      />
      <TextField
        name="public_licence"
        label={t('Licence')}
        hint={t('For instance: Licence Ouverte 2.0 https://www.etalab.gouv.fr/licence-ouverte-open-licence/')}
        defaultValue={table.public_licence ?? ''}
        maxLength={500}
      />
      <Select label={t('Who sees it')} choices={visibilities.map(({ id, label }) => ({ id, label: t(label) }))} value={visibility} onChange={setVisibility} />
      <Select label={t('Order of the columns')} choices={orders.map(({ id, label }) => ({ id, label: t(label) }))} value={order} onChange={setOrder} />
    </Form>
  );
}

function Fields({ table }: { table: AdminTable }) {
  const { t } = useI18n();
  const [edited, edit] = useState<AdminField | null>(null);
  const reorder = useFieldOrder(table.id, () => {});
  const ids = table.fields.map(({ id }) => id);
  const move = (id: number, step: number) => reorder.mutate(movedInOrder(ids, id, step), { onError: (error) => showToast(errorText(t, error)) });
  const columns: Column<AdminField>[] = [
    {
      label: t('Column'),
      cell: ({ display_name, visibility_type }) => (
        <>
          {display_name} {visibility_type !== 'normal' && <Badge>{t(visibilityOf(visibility_type))}</Badge>}
        </>
      ),
    },
    { label: t('Type'), cell: ({ base_type }) => t(typeInWords(base_type)) },
    { label: t('Meaning'), cell: ({ semantic_type }) => semantic_type && t(meaningOf(semantic_type)) },
    { label: t('Description'), cell: ({ description }) => description },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (field) => (
        <Menu
          label={t('Actions for {name}', { name: field.display_name })}
          actions={[
            { id: 'edit', label: t('Edit'), onAction: () => edit(field) },
            ...(ids[0] === field.id ? [] : [{ id: 'up', label: t('Move up'), onAction: () => move(field.id, -1) }]),
            ...(ids.at(-1) === field.id ? [] : [{ id: 'down', label: t('Move down'), onAction: () => move(field.id, 1) }]),
          ]}
        />
      ),
    },
  ];

  return (
    <>
      <Table caption={t('Columns')} columns={columns} rows={table.fields} keyOf={({ id }) => id} />
      {edited && <FieldDialog table={table} field={edited} onClose={() => edit(null)} />}
    </>
  );
}
