// The door. After it, one continues where one wanted to go.
import { Link, useLocation, useSearch } from 'wouter';
import { returnAddress } from '../../lib/return-address';
import { useProperties, useSiteName } from '../../lib/session';
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { ButtonAnchor, Checkbox, Form, PageHeader, PasswordField, TextField } from '../../ui';
import { BarePage } from '../frame';
import { useLogin } from './queries';
import styles from './auth.module.css';

export function LoginPage() {
  const { t } = useI18n();
  const search = useSearch();
  const siteName = useSiteName();
  const properties = useProperties().data;
  const provider = properties?.['oidc-enabled'] ? properties['oidc-name'] : undefined;

  return (
    <BarePage>
      <PageHeader title={t('Sign in to {site}', { site: siteName })} />
      {provider && (
        <p className={styles.provider}>
          <ButtonAnchor look="primary" href={`${site.base}/auth/sso?redirect=${encodeURIComponent(returnAddress(search))}`}>
            {t('Sign in with {provider}', { provider })}
          </ButtonAnchor>
        </p>
      )}
      {properties?.['enable-password-login'] !== false && <PasswordLogin search={search} />}
    </BarePage>
  );
}

function PasswordLogin({ search }: { search: string }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const login = useLogin(() => go(returnAddress(search)));

  return (
    <>
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
    </>
  );
}
