// Changes one's own password. Other devices are signed out by the server.
import { useState } from 'react';
import { useI18n } from '../../shared/i18n';
import { Form, NewPasswordField, PageHeader, PasswordField, Section, showToast } from '../../ui';
import { useChangePassword } from './queries';

export function PasswordPage() {
  const { t } = useI18n();
  // A new key empties the form once the change is done.
  const [round, setRound] = useState(0);
  const change = useChangePassword(() => {
    setRound(round + 1);
    showToast(t('Your password is changed.'));
  });

  return (
    <>
      <PageHeader title={t('Password')} />
      <Section>
        <Form
          key={round}
          submitLabel={t('Change the password')}
          error={change.error}
          isPending={change.isPending}
          onSubmit={({ old_password = '', password = '' }) => change.mutate({ old_password, password })}
        >
          <PasswordField
            name="old_password"
            label={t('Current password')}
            isRequired
            autoComplete="current-password"
          />
          <NewPasswordField name="password" label={t('New password')} />
        </Form>
      </Section>
    </>
  );
}
