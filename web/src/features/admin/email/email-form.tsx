// The details of the mail server. Those that the environment sets are shown, not changed.
import type { Setting } from '../../../api/types';
import { msg, useI18n } from '../../../shared/i18n';
import { Form, type FormValues, PasswordField, Select, showToast, TextField } from '../../../ui';
import { type EmailSettings, useSaveEmail } from './queries';

interface Detail {
  key: string;
  label: string;
  type?: 'number' | 'email' | 'password' | 'security';
  isRequired?: boolean;
  placeholder?: string;
}

const details: Detail[] = [
  { key: 'email-smtp-host', label: msg('Server'), isRequired: true, placeholder: 'smtp.example.fr' },
  { key: 'email-smtp-port', label: msg('Port'), type: 'number', isRequired: true, placeholder: '587' },
  { key: 'email-smtp-security', label: msg('Encryption'), type: 'security' },
  { key: 'email-smtp-username', label: msg('User name') },
  { key: 'email-smtp-password', label: msg('Password'), type: 'password' },
  { key: 'email-from-address', label: msg('Address of the sender'), type: 'email', isRequired: true },
  { key: 'email-from-name', label: msg('Name of the sender') },
];

export function EmailForm({ settings }: { settings: Map<string, Setting> }) {
  const { t } = useI18n();
  const save = useSaveEmail(() => showToast(t('The mail server is saved.')));
  const shown = details.filter(({ key }) => settings.has(key));

  return (
    <Form
      submitLabel={t('Save')}
      error={save.error}
      isPending={save.isPending}
      onSubmit={(values) => save.mutate(settingsFrom(values))}
    >
      {shown.map((detail) => (
        <EmailDetail key={detail.key} detail={detail} setting={settings.get(detail.key)} />
      ))}
    </Form>
  );
}

function EmailDetail({ detail, setting }: { detail: Detail; setting: Setting | undefined }) {
  const { t } = useI18n();
  const { key, type, isRequired = false, placeholder } = detail;
  const label = t(detail.label);
  const saved = String(setting?.value ?? setting?.default ?? '');

  if (setting?.is_env_setting) {
    return (
      <TextField label={label} value={t('Set where the server starts')} isReadOnly hint={<code>{setting.env_name}</code>} />
    );
  }
  if (type === 'security') {
    return (
      <Select
        name={key}
        label={label}
        defaultValue={saved || 'starttls'}
        choices={[
          { id: 'starttls', label: t('STARTTLS (usual, port 587)') },
          { id: 'ssl', label: t('SSL or TLS from the start (port 465)') },
          { id: 'none', label: t('None (only inside a private network)') },
        ]}
      />
    );
  }
  if (type === 'password') {
    const hint = saved && t('A password is saved. Leave this empty to keep it.');
    return <PasswordField name={key} label={label} hint={hint} autoComplete="off" />;
  }
  return (
    <TextField
      name={key}
      label={label}
      type={type ?? 'text'}
      defaultValue={saved}
      isRequired={isRequired}
      autoComplete="off"
      {...(placeholder && { placeholder })}
    />
  );
}

function settingsFrom({ 'email-smtp-password': password, ...values }: FormValues): EmailSettings {
  const settings: EmailSettings = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, key === 'email-smtp-port' ? Number(value) : value || null]),
  );

  return password ? { ...settings, 'email-smtp-password': password } : settings;
}
