// Everything that strangers can reach: since when nobody looked, in whose frames, until when.
import { useState } from 'react';
import { Link } from 'wouter';
import { site } from '../../../lib/site';
import { formatDate, formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, type Column, ConfirmDialog, Dialog, EmptyState, Loaded, Menu, type MenuAction, PageHeader, showToast, Table } from '../../../ui';
import { LimitsForm, type Published, usePublished, Visits } from '../../sharing';
import { useWithdrawAll } from './queries';

export function PublishedPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader title={t('Published')} lead={t('Everything that people without an account can see, by a link or in the frames of other sites.')} />
      <Loaded query={usePublished()}>
        {(list) =>
          list.length ? <PublishedTable list={list} /> : <EmptyState title={t('Nothing is published')}>{t('Open a dashboard or a question, then Share.')}</EmptyState>
        }
      </Loaded>
    </>
  );
}

type Open = { kind: 'limits' | 'visits' | 'withdraw'; item: Published } | null;

const pageOf = ({ model, id }: Published) => `/${model === 'card' ? 'question' : 'dashboard'}/${id}`;
const publicPage = ({ model, public_uuid }: Published) => `${site.base}/public/${model === 'card' ? 'question' : 'dashboard'}/${public_uuid}`;
const hostsOf = ({ framed_by }: Published) => framed_by.map(({ origin }) => origin).join(', ');

function PublishedTable({ list }: { list: Published[] }) {
  const { t, locale } = useI18n();
  const [opened, open] = useState<Open>(null);
  const close = () => open(null);
  const date = (value: string | null, otherwise: string) => (value ? formatDate(locale, value) : otherwise);
  const actionsOf = (item: Published): MenuAction[] => [
    ...(item.public_uuid ? [{ id: 'open', label: t('Open the public page'), onAction: () => void window.open(publicPage(item), '_blank', 'noreferrer') }] : []),
    { id: 'limits', label: t('Until when, and with which password'), onAction: () => open({ kind: 'limits', item }) },
    { id: 'visits', label: t('Visits by day'), onAction: () => open({ kind: 'visits', item }) },
    { id: 'withdraw', label: t('Withdraw'), isDangerous: true, onAction: () => open({ kind: 'withdraw', item }) },
  ];
  const columns: Column<Published>[] = [
    { label: t('Name'), cell: (item) => <Link href={pageOf(item)}>{item.name}</Link> },
    {
      label: t('How'),
      cell: ({ public_uuid, enable_embedding, has_password }) => (
        <>
          {public_uuid && <Badge kind="success">{t('Link')}</Badge>} {enable_embedding && <Badge>{t('Frames')}</Badge>} {has_password && <Badge>{t('Password')}</Badge>}
        </>
      ),
    },
    { label: t('Last look'), cell: ({ last_seen_at }) => date(last_seen_at, t('Never')) },
    { label: t('Visits in 30 days'), kind: 'number', cell: ({ visits }) => formatNumber(locale, visits) },
    { label: t('Shown by'), cell: hostsOf },
    { label: t('Until'), cell: ({ expires_at }) => date(expires_at, t('No end')) },
    { label: t('Actions'), kind: 'actions', cell: (item) => <Menu label={t('Actions for {name}', { name: item.name })} actions={actionsOf(item)} /> },
  ];

  return (
    <>
      <Table caption={t('Published')} columns={columns} rows={list} keyOf={({ model, id }) => `${model}${id}`} />
      {opened?.kind === 'limits' && (
        <Dialog title={t('Limits of {name}', { name: opened.item.name })} onClose={close}>
          <LimitsForm item={opened.item} onSaved={close} />
        </Dialog>
      )}
      {opened?.kind === 'visits' && (
        <Dialog isWide title={t('Visits of {name}', { name: opened.item.name })} onClose={close}>
          <Visits kind={opened.item.model} id={opened.item.id} />
        </Dialog>
      )}
      {opened?.kind === 'withdraw' && <WithdrawDialog item={opened.item} onClose={close} />}
    </>
  );
}

function WithdrawDialog({ item, onClose }: { item: Published; onClose: () => void }) {
  const { t } = useI18n();
  const withdraw = useWithdrawAll(() => {
    onClose();
    showToast(t('{name} is no longer public.', { name: item.name }));
  });

  return (
    <ConfirmDialog title={t('Withdraw {name}?', { name: item.name })} confirmLabel={t('Withdraw')} error={withdraw.error} isPending={withdraw.isPending} onConfirm={() => withdraw.mutate(item)} onClose={onClose}>
      {t('Its link and the frames that show it stop working at once. A new link will have another address.')}
    </ConfirmDialog>
  );
}
