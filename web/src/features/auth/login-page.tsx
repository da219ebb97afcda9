// The door. After it, one continues where one wanted to go.
import { Link, useLocation, useSearch } from 'wouter';
import { returnAddress } from '../../lib/return-address';
import { useSiteName } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Form, PageHeader, PasswordField, TextField } from '../../ui';
import { BarePage } from '../frame';
import { useLogin } from './queries';
import styles from './auth.module.css';

export function LoginPage() {
  const { t } = useI18n();
  const [, go] = useLocation();
  const search = useSearch();
  const siteName = useSiteName();
  const login = useLogin(() => go(returnAddress(search)));

  return (
    <BarePage>
      <PageHeader title={t('Sign in to {site}', { site: siteName })} />
      <Form
        submitLabel={t('Sign in')}
        error={login.error}
        isPending={login.isPending}
        onSubmit={({ username = '', password = '', remember }) =>
          login.mutate({ username, password, remember: remember === 'true' })
        }
      >
        <TextField name="username" type="email" label={t('E-mail address')} isRequired autoComplete="username" />
        <PasswordField name="password" label={t('Password')} isRequired autoComplete="current-password" />
        <Checkbox name="remember" defaultSelected>
          {t('Keep me signed in on this device')}
        </Checkbox>
      </Form>
      <p className={styles.after}>
        <Link href="/auth/forgot_password">{t('I forgot my password')}</Link>
      </p>
    </BarePage>
  );
}
