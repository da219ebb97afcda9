// What each variable of a question in SQL stands for.
import { useI18n } from '../../../shared/i18n';
import { msg } from '../../../shared/i18n';
import { Checkbox, Popover, Select, TextField } from '../../../ui';
import { type Choosable, findColumn, tableColumns } from '../model/columns';
import type { DatasetQuery, TemplateTag } from '../model/query';
import { familyOf } from '../model/words';
import { useDatabaseTables } from '../queries';
import styles from './sql.module.css';

const kinds = [
  { id: 'text', label: msg('Text') },
  { id: 'number', label: msg('Number') },
  { id: 'date', label: msg('Date') },
  { id: 'boolean', label: msg('Yes or no') },
  { id: 'dimension', label: msg('Filter on a column') },
];

const widgetOf = { text: 'string/=', number: 'number/=', date: 'date/all-options', truth: 'boolean/=', key: 'id' };

export function TagSettings({ query, onChange }: { query: DatasetQuery; onChange: (query: DatasetQuery) => void }) {
  const { t } = useI18n();
  const tags = Object.values(query.native?.['template-tags'] ?? {});
  const set = (tag: TemplateTag) => onChange({ ...query, native: { query: query.native?.query ?? '', 'template-tags': { ...query.native?.['template-tags'], [tag.name]: tag } } });

  if (!tags.length) return null;
  return (
    <div className={styles.tags}>
      <span className={styles.hint}>{t('Variables:')}</span>
      {tags.map((tag) => (
        <Popover key={tag.name} look="plain" label={t('Variable {name}', { name: tag.name })} trigger={tag.name}>
          {() => <TagForm tag={tag} database={query.database} onChange={set} />}
        </Popover>
      ))}
    </div>
  );
}

function TagForm({ tag, database, onChange }: { tag: TemplateTag; database: number | null; onChange: (tag: TemplateTag) => void }) {
  const { t } = useI18n();
  const columns = useAllColumns(database);
  const chosen = findColumn(columns, tag.dimension);
  const choices = columns.map(({ group, label }, index) => ({ id: String(index), label: `${group} → ${label}` }));

  function bind(index: string) {
    const column = columns[Number(index)];
    if (column) onChange({ ...tag, type: 'dimension', dimension: column.ref, 'widget-type': widgetOf[familyOf(column.column)] });
  }

  return (
    <div className={styles.form}>
      <TextField label={t('Name shown')} isRequired defaultValue={tag['display-name']} onChange={(name) => onChange({ ...tag, 'display-name': name })} />
      <Select label={t('Kind')} choices={kinds.map(({ id, label }) => ({ id, label: t(label) }))} value={tag.type} onChange={(type) => onChange({ ...tag, type: type as TemplateTag['type'] })} />
      {tag.type === 'dimension' && <Select label={t('Column')} isSearchable choices={choices} value={chosen ? String(columns.indexOf(chosen)) : null} onChange={bind} />}
      {tag.type !== 'dimension' && <TextField label={t('Value when none is given')} defaultValue={String(tag.default ?? '')} onChange={(value) => onChange({ ...tag, default: value === '' ? null : value })} />}
      <Checkbox isSelected={tag.required === true} onChange={(required) => onChange({ ...tag, required })}>
        {t('A value is always needed')}
      </Checkbox>
    </div>
  );
}

function useAllColumns(database: number | null): Choosable[] {
  const tables = useDatabaseTables(database).data?.tables ?? [];

  return tables.flatMap((table) => tableColumns(table as never, new Map()));
}
