// The tables of the database and their columns, beside the editor: to look at, and to put in.
import { useState } from 'react';
import type { DatabaseWithTables } from '../../../api/types';
import type { Column } from '../../../shared/data';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, Picker, Popover } from '../../../ui';
import { type Family, familyOf } from '../model/words';
import { tableName, writtenName } from './names';

type TableLike = DatabaseWithTables['tables'][number] & { fields?: (Column & { id: number; description?: string | null })[] };

const families: Record<Family, string> = { text: msg('text'), number: msg('number'), date: msg('date'), truth: msg('yes or no'), key: msg('key') };

interface DataListProps {
  tables: readonly TableLike[];
  engine: string;
  onInsert: (name: string) => void;
}

export function DataList({ tables, engine, onInsert }: DataListProps) {
  const { t } = useI18n();
  if (!tables.length) return null;

  return (
    <Popover look="plain" label={t('Tables and columns')} trigger={t('Tables')}>
      {(close) => (
        <Tables
          tables={tables}
          engine={engine}
          onInsert={(name) => {
            close();
            onInsert(name);
          }}
        />
      )}
    </Popover>
  );
}

function Tables({ tables, engine, onInsert }: DataListProps) {
  const { t } = useI18n();
  const [chosen, choose] = useState<TableLike | null>(null);

  if (chosen) return <Columns table={chosen} engine={engine} onInsert={onInsert} onBack={() => choose(null)} />;
  const schemas = [...new Set(tables.map(({ schema }) => schema ?? ''))];
  const groups = schemas.map((schema) => ({
    label: schema || t('Tables'),
    items: tables.filter((table) => (table.schema ?? '') === schema).map(({ id, name, description }) => ({ id: String(id), label: name, ...(description && { detail: description }) })),
  }));
  return <Picker label={t('Tables')} groups={groups} onPick={(id) => choose(tables.find((table) => String(table.id) === id) ?? null)} />;
}

function Columns({ table, engine, onInsert, onBack }: Omit<DataListProps, 'tables'> & { table: TableLike; onBack: () => void }) {
  const { t } = useI18n();
  const fields = table.fields ?? [];
  const items = fields.map((field) => ({ id: field.name, label: field.name, detail: [t(families[familyOf(field)]), field.description].filter(Boolean).join(' · ') }));

  return (
    <>
      <Button look="quiet" onPress={onBack}>
        {t('All tables')}
      </Button>
      <Picker
        key={table.id}
        label={t('Columns')}
        groups={[
          { label: table.name, items: [{ id: '', label: t('Put in: {name}', { name: tableName(engine, table) }) }] },
          { label: t('Columns'), items },
        ]}
        onPick={(name) => onInsert(name === '' ? tableName(engine, table) : writtenName(engine, name))}
      />
    </>
  );
}
