// What each variable of a question in SQL stands for.
import { useI18n } from '../../../shared/i18n';
import { msg } from '../../../shared/i18n';
import { type FilterParameter, FilterWidget, type LoadChoices } from '../../../shared/filters';
import { Checkbox, later, Popover, Select, TextField } from '../../../ui';
import { takesSource, ValueSourceFields } from '../../values';
import type { TagSource } from '../draft';
import { type Choosable, findColumn, tableColumns } from '../model/columns';
import type { DatasetQuery, TemplateTag } from '../model/query';
import { familyOf } from '../model/words';
import { useDatabaseTables } from '../queries';
import { mayTakeMany, tagParameters, withTagMoved, withTagSource } from './tags';
import { useTagChoices } from './use-tag-choices';
import { widgetsOf } from './widgets';
import styles from './sql.module.css';

/** Their boxes stand in this order. */
const OrderList = later(async () => (await import('../../../ui/order-list')).OrderList);

const kinds = [
  { id: 'text', label: msg('Text') },
  { id: 'number', label: msg('Number') },
  { id: 'date', label: msg('Date') },
  { id: 'boolean', label: msg('Yes or no') },
  { id: 'dimension', label: msg('Filter on a column') },
  { id: 'temporal-unit', label: msg('Unit of time') },
];

const ofColumn = new Set(['dimension', 'temporal-unit']);

interface TagSettingsProps {
  query: DatasetQuery;
  sources: readonly TagSource[];
  onChange: (query: DatasetQuery) => void;
  onSources: (sources: TagSource[]) => void;
}

export function TagSettings({ query, sources, onChange, onSources }: TagSettingsProps) {
  const { t } = useI18n();
  const ordered = tagParameters(query, sources).map(({ slug }) => slug);
  const tags = ordered.flatMap((name) => query.native?.['template-tags']?.[name] ?? []);
  const set = (tag: TemplateTag) => onChange({ ...query, native: { query: query.native?.query ?? '', 'template-tags': { ...query.native?.['template-tags'], [tag.name]: tag } } });

  if (!tags.length) return null;
  return (
    <div className={styles.tags}>
      <span className={styles.hint}>{t('Variables:')}</span>
      {tags.map((tag) => (
        <Popover key={tag.name} look="plain" label={t('Variable {name}', { name: tag.name })} trigger={tag.name}>
          {() => <TagForm tag={tag} query={query} sources={sources} onChange={set} onSources={onSources} />}
        </Popover>
      ))}
      {tags.length > 1 && (
        <Popover look="quiet" label={t('Order of the variables')} trigger={t('Order')}>
          {() => (
            <div className={styles.form}>
              <OrderList label={t('Order of the variables')} items={tags.map(({ id, name }) => ({ id, label: name }))} onMove={(id, to) => onSources(withTagMoved(query, sources, id, to))} />
            </div>
          )}
        </Popover>
      )}
    </div>
  );
}

interface TagFormProps {
  tag: TemplateTag;
  query: DatasetQuery;
  sources: readonly TagSource[];
  onChange: (tag: TemplateTag) => void;
  onSources: (sources: TagSource[]) => void;
}

function TagForm({ tag, query, sources, onChange, onSources }: TagFormProps) {
  const { t } = useI18n();
  const columns = useAllColumns(query.database);
  const chosen = findColumn(columns, tag.dimension);
  const fitting = tag.type === 'temporal-unit' ? columns.filter(({ column }) => familyOf(column) === 'date') : columns;
  const choices = fitting.map((column) => ({ id: String(columns.indexOf(column)), label: `${column.group} → ${column.label}` }));
  const isOfColumn = ofColumn.has(tag.type);
  const own = parameterOf(tag, query, sources);
  const source = sources.find(({ id }) => id === tag.id) ?? { id: tag.id };
  const hasDefault = tag.default !== undefined && tag.default !== null;

  function bind(index: string) {
    const column = columns[Number(index)];
    if (column) onChange({ ...tag, dimension: column.ref, default: null, ...(tag.type === 'dimension' && { 'widget-type': widgetsOf(column)[0]?.id ?? 'category' }) });
  }

  return (
    <div className={styles.form}>
      <TextField label={t('Name shown')} isRequired defaultValue={tag['display-name']} onChange={(name) => onChange({ ...tag, 'display-name': name })} />
      <Select label={t('Kind')} choices={kinds.map(({ id, label }) => ({ id, label: t(label) }))} value={tag.type} onChange={(type) => onChange({ ...withoutColumn(tag), default: null, type: type as TemplateTag['type'] })} />
      {isOfColumn && <Select label={t('Column')} isSearchable choices={choices} value={chosen ? String(columns.indexOf(chosen)) : null} onChange={bind} />}
      {tag.type === 'dimension' && chosen && (
        <Select label={t('How it compares')} choices={widgetsOf(chosen).map(({ id, label }) => ({ id, label: t(label) }))} value={tag['widget-type'] ?? null} onChange={(widget) => onChange({ ...tag, 'widget-type': widget, default: null })} />
      )}
      {isOfColumn && chosen && <TextField label={t('Its name in this SQL, when it has another')} defaultValue={tag.alias ?? ''} placeholder="o.created_at" onChange={(alias) => onChange({ ...tag, alias: alias || undefined } as TemplateTag)} />}
      {(!isOfColumn || chosen) && <Values tag={tag} query={query} sources={sources} onSources={onSources} />}
      {(!isOfColumn || chosen) && <DefaultValue tag={tag} query={query} sources={sources} onChange={onChange} />}
      {mayTakeMany(tag) && own && takesSource(own.type) && (
        <Checkbox isSelected={own.isMultiSelect === true} onChange={(isMultiSelect) => onSources(withTagSource(query, sources, { ...source, isMultiSelect }))} hint={tag.type === 'dimension' ? undefined : t('In the SQL: column in ({tag})', { tag: `{{${tag.name}}}` })}>
          {t('Several values at once')}
        </Checkbox>
      )}
      <Checkbox isSelected={tag.required === true} onChange={(required) => onChange({ ...tag, required })}>
        {t('A value is always needed')}
      </Checkbox>
      {tag.required && !hasDefault && <p className={styles.hint}>{t('Give it a value for when none is given; without one the question waits.')}</p>}
    </div>
  );
}

const parameterOf = (tag: TemplateTag, query: DatasetQuery, sources: readonly TagSource[]) => tagParameters({ ...query, native: { query: '', 'template-tags': { [tag.name]: tag } } }, sources)[0];

/** What readers choose from: the column, a list, the answer of a question. */
function Values({ tag, query, sources, onSources }: Omit<TagFormProps, 'onChange'>) {
  const own = parameterOf(tag, query, sources);
  if (!own || !takesSource(own.type)) return null;

  return <ValueSourceFields type={own.type} source={own} hasColumn={tag.type === 'dimension'} onChange={(source) => onSources(withTagSource(query, sources, { id: tag.id, isMultiSelect: own.isMultiSelect === true, ...source }))} />;
}

/** The widget that readers will see, to choose what holds when they choose nothing. */
function DefaultValue({ tag, query, sources, onChange }: Omit<TagFormProps, 'onSources'>) {
  const { t } = useI18n();
  const load = useTagChoices(query, sources, null);
  const own = parameterOf(tag, query, sources);
  if (!own) return null;

  const parameter: FilterParameter = { ...own, name: t('Value when none is given'), required: false };
  const loadChoices: LoadChoices = (_, search) => load(own, search);
  return <FilterWidget parameter={parameter} value={tag.default ?? null} loadChoices={loadChoices} onChange={(value) => onChange({ ...tag, default: value })} />;
}

function withoutColumn({ dimension: _, 'widget-type': __, alias: ___, ...tag }: TemplateTag): TemplateTag {
  return tag;
}

function useAllColumns(database: number | null): Choosable[] {
  const tables = useDatabaseTables(database).data?.tables ?? [];

  return tables.flatMap((table) => tableColumns(table as never, new Map()));
}
