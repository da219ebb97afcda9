// Finding anything: by its name, its kind, its author, the place where it is kept.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearch as useAddress } from 'wouter';
import { get } from '../../api/client';
import type { User } from '../../api/types';
import { useCollectionChoices } from '../../lib/collections';
import { type Found, kinds, type Search, useSearch } from '../../lib/search';
import { useUser } from '../../lib/session';
import { useSettled } from '../../lib/use-settled';
import { formatDate } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { type Column, EmptyState, Loaded, PageHeader, SearchField, Select, Table, Toolbar } from '../../ui';
import { searchAddress, searchFrom } from './address';

const anything = 'any';
const most = 100;

export function SearchPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const address = useAddress();
  const search = searchFrom(address);
  const [text, setText] = useState(search.q);
  const settled = useSettled(text);
  const change = (more: Partial<Search>) => go(searchAddress({ ...search, q: settled, ...more }), { replace: true });
  const result = useSearch({ ...search, limit: most });

  useEffect(() => {
    if (settled !== search.q) change({ q: settled });
    // Only what was typed decides: the address follows.
  }, [settled]);

  return (
    <>
      <PageHeader title={t('Search')} />
      <Toolbar>
        <SearchField label={t('Find by name')} value={text} onChange={setText} />
      </Toolbar>
      <Toolbar>
        <Filters search={search} onChange={change} />
      </Toolbar>
      <Loaded query={result}>{({ found, total }) => <Results found={found} total={total} />}</Loaded>
    </>
  );
}

function Filters({ search, onChange }: { search: Search; onChange: (more: Partial<Search>) => void }) {
  const { t } = useI18n();
  const me = useUser();
  const people = useQuery({ queryKey: ['recipients'], queryFn: async () => (await get<{ data: User[] }>('/api/user/recipients')).data, retry: false }).data ?? [];
  const others = people.filter(({ id }) => id !== me.id).map(({ id, common_name }) => ({ id: String(id), label: common_name }));
  const collections = useCollectionChoices().filter(({ id }) => id !== 'root');
  const set = (name: 'models' | 'created_by' | 'collection') => (id: string) => onChange({ [name]: id === anything ? '' : id });

  return (
    <>
      <Select label={t('Kind')} choices={[{ id: anything, label: t('All') }, ...Object.entries(kinds).map(([id, { label }]) => ({ id, label: t(label) }))]} value={search.models ?? anything} onChange={set('models')} />
      <Select label={t('Made by')} isSearchable={others.length > 8} choices={[{ id: anything, label: t('Anyone') }, { id: String(me.id), label: t('Me') }, ...others]} value={search.created_by ?? anything} onChange={set('created_by')} />
      <Select label={t('Kept in')} isSearchable={collections.length > 8} choices={[{ id: anything, label: t('Anywhere') }, ...collections]} value={search.collection ?? anything} onChange={set('collection')} />
    </>
  );
}

function Results({ found, total }: { found: Found[]; total: number }) {
  const { t, locale } = useI18n();
  const columns: Column<Found>[] = [
    { label: t('Name'), cell: (one) => <Link href={kinds[one.model]?.address(one) ?? '/'}>{one.name}</Link> },
    { label: t('Kind'), cell: ({ model }) => t(kinds[model]?.label ?? model) },
    { label: t('Description'), cell: ({ description }) => description },
    { label: t('Kept in'), cell: ({ collection, model }) => collection?.name ?? (model === 'table' || model === 'database' ? '' : t('Shared space')) },
    { label: t('Made by'), cell: ({ creator_common_name }) => creator_common_name },
    { label: t('Changed'), cell: ({ last_edited_at }) => last_edited_at && formatDate(locale, last_edited_at) },
  ];

  if (!found.length) return <EmptyState title={t('Nothing found')}>{t('Try another word, or fewer filters.')}</EmptyState>;
  return (
    <>
      <Toolbar>
        <span role="status">{t('{count, plural, one {# result} other {# results}}', { count: total })}</span>
      </Toolbar>
      <Table caption={t('Results')} columns={columns} rows={found} keyOf={({ model, id }) => `${model}${id}`} />
    </>
  );
}
