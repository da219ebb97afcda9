// Asks for a link to choose a new password. The answer never tells whether an account exists.
import { Link } from 'wouter';
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { Form, Notice, PageHeader, TextField } from '../../ui';
import { BarePage } from '../frame';
import { useForgotPassword } from './queries';
import styles from './auth.module.css';

export function ForgotPasswordPage() {
  const { t } = useI18n();

  return (
    <BarePage>
      <PageHeader title={t('Forgotten password')} />
      {site['email-configured'] ? <AskForLink /> : <AskAdministrator />}
      <p className={styles.after}>
        <Link href="/auth/login">{t('Back to sign-in')}</Link>
      </p>
    </BarePage>
  );
}

function AskForLink() {
  const { t } = useI18n();
  const request = useForgotPassword();

  if (request.isSuccess) {
    return (
      <Notice kind="success">
        <p role="status">
          {t('If an account has this address, an e-mail with a link is on its way. Look in your spam folder too.')}
        </p>
      </Notice>
    );
  }
  return (
    <Form
      submitLabel={t('Send me a link')}
      error={request.error}
      isPending={request.isPending}
      onSubmit={({ email = '' }) => request.mutate(email)}
    >
      <TextField
        name="email"
        type="email"
        label={t('E-mail address')}
        hint={t('You will receive a link to choose a new password.')}
        isRequired
        autoComplete="username"
      />
    </Form>
  );
}

function AskAdministrator() {
  const { t } = useI18n();

  return (
    <Notice>
      {t('This site cannot send e-mail yet. Ask an administrator for a link: they can make one on the page of people.')}
    </Notice>
  );
}
