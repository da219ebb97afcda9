// The account of the first person, who will administer the site.
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { Button, Form, NewPasswordField, TextField } from '../../ui';
import { useFirstAccount } from './queries';
import { StepHeader } from './step-header';
import styles from './setup.module.css';

export function AccountScreen({ onNext, onBack }: { onNext: () => void; onBack: () => void }) {
  const { t, locale } = useI18n();
  const account = useFirstAccount(onNext);

  return (
    <>
      <StepHeader
        step={2}
        title={t('Your account')}
        lead={t('This account administers the site. You can invite others afterwards.')}
      />
      <Form
        submitLabel={t('Create the account')}
        onSubmit={(values) => account.mutate({ values, locale })}
        error={account.error}
        isPending={account.isPending}
        otherActions={
          <Button look="quiet" onPress={onBack}>
            {t('Back')}
          </Button>
        }
      >
        {site['setup-token'] === null && (
          <TextField
            name="token"
            label={t('Set-up code')}
            hint={t('The one that was given to the server when it was started.')}
            isRequired
            autoComplete="off"
          />
        )}
        <div className={styles.names}>
          <TextField name="first_name" label={t('First name')} autoComplete="given-name" />
          <TextField name="last_name" label={t('Last name')} autoComplete="family-name" />
        </div>
        <TextField name="email" type="email" label={t('E-mail address')} isRequired autoComplete="username" />
        <NewPasswordField name="password" label={t('Password')} />
        <TextField
          name="site_name"
          label={t('Name of the site')}
          hint={t('Your team or your service: everyone sees it at the top of each page.')}
          isRequired
          autoComplete="organization"
        />
      </Form>
    </>
  );
}
