// A collection: what is pinned, then everything in it.
import { useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { useCanUpload } from '../../lib/databases';
import type { Collection, Item } from '../../lib/question-types';
import { useUser } from '../../lib/session';
import { fold } from '../../lib/fold';
import { useI18n } from '../../shared/i18n';
import { Button, ButtonLink, EmptyState, Loaded, PageHeader, SearchField, Select, Toolbar } from '../../ui';
import { ManagedLead } from '../frame';
import { UploadDialog } from '../upload';
import { CollectionDialog } from './collection-dialog';
import { ItemTable } from './item-table';
import { kindWords } from './item-words';
import { useCollection, useItems } from './queries';

export function CollectionPage({ id }: { id: string }) {
  const number = id === 'root' ? id : (/^\d+/.exec(id)?.[0] ?? id);

  return <Loaded query={useCollection(number)}>{(collection) => (collection.type === 'trash' ? <Redirect to="/trash" replace /> : <LoadedCollection key={String(collection.id)} collection={collection} />)}</Loaded>;
}

const folders = (items: Item[]) => items.filter(({ model }) => model === 'collection');

function LoadedCollection({ collection }: { collection: Collection }) {
  const { t } = useI18n();
  const items = useItems(collection.id);
  const [opened, open] = useState<'new' | 'edit' | 'upload' | null>(null);
  const canUpload = useCanUpload();
  const isRoot = collection.id === 'root';
  const name = isRoot ? t('Shared space') : collection.name;
  const path = (collection.effective_ancestors ?? []).map((one) => ({ label: one.id === 'root' ? t('Shared space') : one.name, href: `/collection/${one.id}` }));

  return (
    <>
      <PageHeader
        title={name}
        lead={(collection.description || collection.is_remote_synced) && <ManagedLead isManaged={collection.is_remote_synced} description={collection.description} />}
        path={isRoot ? [{ label: t('Home'), href: '/' }] : path}
        actions={
          <>
            {!isRoot && collection.can_write && <Button onPress={() => open('edit')}>{t('Change')}</Button>}
            {collection.can_write && canUpload && <Button onPress={() => open('upload')}>{t('Upload a file')}</Button>}
            {collection.can_write && <Button onPress={() => open('new')}>{t('New collection')}</Button>}
            <ButtonLink href="/trash">{t('Trash')}</ButtonLink>
          </>
        }
      />
      <Loaded query={items}>{(found) => <Items name={name} items={found} />}</Loaded>
      {opened === 'upload' && <UploadDialog collection={String(collection.id)} onClose={() => open(null)} />}
      {(opened === 'new' || opened === 'edit') && (
        <CollectionDialog parent={collection.id === 'root' ? null : Number(collection.id)} {...(opened === 'edit' && { collection })} onClose={() => open(null)} />
      )}
    </>
  );
}

const all = 'all';

function Items({ name, items }: { name: string; items: Item[] }) {
  const { t } = useI18n();
  const user = useUser();
  const [wanted, setWanted] = useState('');
  const mine = items.filter(({ personal_owner_id: owner }) => owner === null || owner === undefined || owner === user.id);
  const [path, go] = useLocation();
  const kinds = (Object.keys(kindWords) as Item['model'][]).filter((kind) => mine.some(({ model }) => model === kind));
  const asked = new URLSearchParams(useSearch()).get('kind');
  const kind = kinds.find((one) => one === asked);
  const found = mine.filter((item) => (!kind || item.model === kind) && fold(`${item.name} ${item.description ?? ''}`).includes(fold(wanted)));
  const byName = (a: Item, b: Item) => a.name.localeCompare(b.name);
  const rest = found.filter(({ model }) => model !== 'collection');
  const pinned = rest.filter(({ collection_position }) => collection_position !== null).sort((a, b) => (a.collection_position ?? 0) - (b.collection_position ?? 0));
  const others = rest.filter(({ collection_position }) => collection_position === null).sort(byName);

  if (!mine.length) {
    return (
      <EmptyState title={t('Nothing here yet')} action={<ButtonLink look="primary" href="/question/new">{t('Ask a question')}</ButtonLink>}>
        {t('Questions and dashboards that you save here are seen by all who may open this collection.')}
      </EmptyState>
    );
  }
  return (
    <>
      {(mine.length > 8 || kinds.length > 1) && (
        <Toolbar>
          {mine.length > 8 && <SearchField label={t('Find in this collection')} value={wanted} onChange={setWanted} />}
          {kinds.length > 1 && (
            <Select label={t('Kind')} choices={[{ id: all, label: t('All') }, ...kinds.map((one) => ({ id: one, label: t(kindWords[one]) }))]} value={kind ?? all} onChange={(id) => go(id === all ? path : `${path}?kind=${id}`, { replace: true })} />
          )}
        </Toolbar>
      )}
      <ItemTable caption={t('Contents of {name}', { name })} items={[...pinned, ...folders(found).sort(byName), ...others]} />
    </>
  );
}
