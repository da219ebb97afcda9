// Who may do what: with data, with collections, with rows and columns, and why.
import { useLocation } from 'wouter';
import { msg, useI18n } from '../../../shared/i18n';
import { Choices, PageHeader, Toolbar } from '../../../ui';
import { CollectionRights } from './collection-rights';
import { DataRights } from './data-rights';
import { Rules } from './rules-page';
import { Why } from './why-page';

const parts = [
  { id: 'data', label: msg('Data'), title: msg('Rights to data'), Part: DataRights },
  { id: 'collections', label: msg('Collections'), title: msg('Rights to collections'), Part: CollectionRights },
  { id: 'rules', label: msg('Rows and columns'), title: msg('Rights to rows and columns'), Part: Rules },
  { id: 'why', label: msg('Why?'), title: msg('Why a right exists'), Part: Why },
];

export function PermissionsPages({ part = 'data' }: { part?: string | undefined }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const { id, title, Part } = parts.find((one) => one.id === part) ?? (parts[0] as (typeof parts)[number]);

  return (
    <>
      <PageHeader title={t(title)} lead={t('Rights add up: a person has the most of what their groups have. Administrators may do everything.')} />
      <Toolbar>
        <Choices isNarrow label={t('Rights to what')} choices={parts.map((one) => ({ id: one.id, label: t(one.label) }))} value={id} onChange={(next) => go(`/admin/permissions/${next}`, { replace: true })} />
      </Toolbar>
      <Part />
    </>
  );
}
