// What was thrown away: to take back, or to delete for good.
import { useState } from 'react';
import { errorText } from '../../lib/error-text';
import type { Item } from '../../lib/question-types';
import { useI18n } from '../../shared/i18n';
import { Button, type Column, ConfirmDialog, EmptyState, Loaded, PageHeader, showToast, Table } from '../../ui';
import { kindWords } from './item-words';
import { useItemChange, useItemRemoval, useItems } from './queries';
import styles from './browse.module.css';

export function TrashPage() {
  const { t } = useI18n();
  const items = useItems('trash');

  return (
    <>
      <PageHeader title={t('Trash')} lead={t('What is here is shown nowhere else. Take it back, or delete it for good.')} path={[{ label: t('Shared space'), href: '/collection/root' }]} />
      <Loaded query={items}>{(found) => (found.length ? <TrashTable items={found} /> : <EmptyState title={t('The trash is empty')} />)}</Loaded>
    </>
  );
}

function TrashTable({ items }: { items: Item[] }) {
  const { t } = useI18n();
  const changing = useItemChange();
  const removal = useItemRemoval();
  const [doomed, doom] = useState<Item | null>(null);
  const restore = (item: Item) =>
    changing.mutateAsync({ item, change: { archived: false } }).then(
      () => showToast(t('Taken back: {name}', { name: item.name })),
      (error: unknown) => showToast(errorText(t, error)),
    );
  const columns: Column<Item>[] = [
    { label: t('Name'), cell: ({ name }) => name },
    { label: t('Kind'), cell: ({ model }) => t(kindWords[model]) },
    {
      label: t('Actions'),
      cell: (item) => (
        <span className={styles.acts}>
          <Button label={t('Take back: {name}', { name: item.name })} onPress={() => void restore(item)}>
            {t('Take back')}
          </Button>
          <Button look="quiet" label={t('Delete for good: {name}', { name: item.name })} onPress={() => doom(item)}>
            {t('Delete for good')}
          </Button>
        </span>
      ),
    },
  ];

  return (
    <>
      <Table caption={t('Trash')} columns={columns} rows={items} keyOf={({ model, id }) => `${model}${id}`} />
      {doomed && (
        <ConfirmDialog
          title={t('Delete {name} for good?', { name: doomed.name })}
          confirmLabel={t('Delete for good')}
          error={removal.error}
          isPending={removal.isPending}
          onConfirm={() => removal.mutate(doomed, { onSuccess: () => doom(null) })}
          onClose={() => doom(null)}
        >
          {t('This cannot be undone.')}
        </ConfirmDialog>
      )}
    </>
  );
}
