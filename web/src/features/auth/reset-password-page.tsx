// A link from an e-mail: a new password, or (with #new) the first one of an invited person.
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useSiteName } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { Form, Loaded, NewPasswordField, Notice, PageHeader, showToast } from '../../ui';
import { BarePage } from '../frame';
import { useResetLink, useResetPassword } from './queries';
import styles from './auth.module.css';

export function ResetPasswordPage({ token }: { token: string }) {
  const { t } = useI18n();
  const link = useResetLink(token);
  const siteName = useSiteName();
  const [isInvitation] = useState(window.location.hash === '#new');

  return (
    <BarePage>
      <Loaded query={link}>
        {({ valid }) =>
          valid ? (
            <>
              {isInvitation ? (
                <PageHeader
                  title={t('Welcome to {site}', { site: siteName })}
                  lead={t('You have been invited. Choose a password and your account is ready.')}
                />
              ) : (
                <PageHeader title={t('Choose a new password')} />
              )}
              <PasswordForm token={token} />
            </>
          ) : (
            <ExpiredLink />
          )
        }
      </Loaded>
    </BarePage>
  );
}

function PasswordForm({ token }: { token: string }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const reset = useResetPassword(token, () => {
    showToast(t('Your password is set. You are signed in.'));
    go('/');
  });

  return (
    <Form
      submitLabel={t('Save and sign in')}
      error={reset.error}
      isPending={reset.isPending}
      onSubmit={({ password = '' }) => reset.mutate(password)}
    >
      <NewPasswordField name="password" label={t('New password')} />
    </Form>
  );
}

function ExpiredLink() {
  const { t } = useI18n();

  return (
    <div className={styles.stack}>
      <PageHeader title={t('This link no longer works')} />
      <Notice kind="warning">
        {t('It was already used, or it is too old. Ask for a new one, or ask an administrator to invite you again.')}
      </Notice>
      <p>
        <Link href="/auth/forgot_password">{t('Ask for a new link')}</Link>
      </p>
    </div>
  );
}
