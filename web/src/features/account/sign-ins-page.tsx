// When and from where this account was used, so that a stranger would be noticed.
import type { SignIn } from '../../api/types';
import { formatDateTime } from '../../shared/format';
import { useI18n } from '../../shared/i18n';
import { Badge, type Column, Loaded, PageHeader, Table } from '../../ui';
import { deviceName } from './device';
import { useSignIns } from './queries';

export function SignInsPage() {
  const { t, locale } = useI18n();
  const columns: Column<SignIn>[] = [
    { label: t('When'), cell: ({ timestamp }) => formatDateTime(locale, timestamp) },
    { label: t('Device'), cell: ({ device_description }) => deviceName(device_description) },
    { label: t('Address'), cell: ({ ip_address, location }) => [ip_address, location].filter(Boolean).join(', ') },
    { label: t('State'), cell: ({ active }) => active && <Badge kind="success">{t('Open')}</Badge> },
  ];

  return (
    <>
      <PageHeader
        title={t('Sign-ins')}
        lead={t('If you do not recognise one of these, change your password and tell your administrator.')}
      />
      <Loaded query={useSignIns()}>
        {(signIns) => (
          <Table
            caption={t('Sign-ins')}
            columns={columns}
            rows={signIns}
            keyOf={({ timestamp, ip_address }) => timestamp + ip_address}
          />
        )}
      </Loaded>
    </>
  );
}
