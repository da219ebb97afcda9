// Connects the site to a mail server, and tries it.
import { useState } from 'react';
import type { Setting } from '../../../api/types';
import { formText } from '../../../lib/error-text';
import { useUser } from '../../../lib/session';
import { useI18n } from '../../../shared/i18n';
import { Button, ConfirmDialog, Loaded, Notice, PageHeader, Section, showToast } from '../../../ui';
import { useSettings } from '../settings/queries';
import { EmailForm } from './email-form';
import { useForgetEmail, useTestEmail } from './queries';

export function EmailPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader
        title={t('E-mail')}
        lead={t('For invitations and forgotten passwords. Your hosting or your administration gives these details.')}
      />
      <Loaded query={useSettings()}>{(settings) => <EmailSections settings={settings} />}</Loaded>
    </>
  );
}

function EmailSections({ settings }: { settings: Map<string, Setting> }) {
  const { t } = useI18n();
  const host = settings.get('email-smtp-host');
  const isConnected = Boolean(host?.value) || host?.is_env_setting === true;

  return (
    <>
      <Section title={t('Mail server')}>
        {/* A new key shows the saved values again after each change of the server's side. */}
        <EmailForm key={String(host?.value)} settings={settings} />
      </Section>
      {isConnected && (
        <Section title={t('Try it')}>
          <TestEmail />
        </Section>
      )}
      {isConnected && !host?.is_env_setting && (
        <Section title={t('Stop sending e-mail')} lead={t('Forgets these details, password included.')}>
          <ForgetEmail />
        </Section>
      )}
    </>
  );
}

function TestEmail() {
  const { t } = useI18n();
  const { email } = useUser();
  const test = useTestEmail();

  return (
    <>
      <p>{t('Sends a message to {email}.', { email })}</p>
      {test.isError && (
        <Notice kind="danger">
          <p>{t('The message did not leave. Check the details above. What the server says:')}</p>
          <p>{formText(t, test.error, [])}</p>
        </Notice>
      )}
      {test.isSuccess && (
        <Notice kind="success">
          <p role="status">{t('Sent. Look in your mailbox.')}</p>
        </Notice>
      )}
      <div>
        <Button isPending={test.isPending} onPress={() => test.mutate()}>
          {t('Send a test message')}
        </Button>
      </div>
    </>
  );
}

function ForgetEmail() {
  const { t } = useI18n();
  const [isAsking, setAsking] = useState(false);
  const forget = useForgetEmail(() => {
    setAsking(false);
    showToast(t('The site no longer sends e-mail.'));
  });

  return (
    <div>
      <Button onPress={() => setAsking(true)}>{t('Forget the mail server')}</Button>
      {isAsking && (
        <ConfirmDialog
          title={t('Forget the mail server?')}
          confirmLabel={t('Forget it')}
          error={forget.error}
          isPending={forget.isPending}
          onConfirm={() => forget.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('Nobody will receive invitations or links any more.')}
        </ConfirmDialog>
      )}
    </div>
  );
}
