// Name, address, language; how the app looks, and which keys act on this device.
import { useState } from 'react';
import { errorText } from '../../lib/error-text';
import { useLanguageSwitch } from '../../lib/language';
import { hasLetterKeys, saveLetterKeys } from '../../lib/preferences';
import { useUser } from '../../lib/session';
import { chooseLocale, localeNames, useI18n } from '../../shared/i18n';
import { applyTheme, currentTheme, type Theme, toTheme } from '../../shared/theme';
import { Checkbox, Choices, Form, PageHeader, Section, showToast, TextField } from '../../ui';
import { useSaveProfile, useSaveTheme } from './queries';
import styles from './account.module.css';

const languages = Object.entries(localeNames).map(([id, label]) => ({ id, label, lang: id }));

export function ProfilePage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader title={t('Profile')} />
      <Section title={t('About you')}>
        <ProfileForm />
      </Section>
      <Section title={t('Appearance')}>
        <ThemeChoice />
      </Section>
      <Section title={t('Keyboard')}>
        <Checkbox defaultSelected={hasLetterKeys()} onChange={saveLetterKeys} hint={t('Kept on this device. Keys with Ctrl always act, arrows too.')}>
          {t('Keys of one letter, such as ? and A')}
        </Checkbox>
      </Section>
    </>
  );
}

function ProfileForm() {
  const { t, locale: shown } = useI18n();
  const user = useUser();
  const change = useLanguageSwitch();
  const [locale, setLocale] = useState(chooseLocale(user.locale ?? shown));
  const save = useSaveProfile((profile) => {
    change(chooseLocale(profile.locale));
    showToast(t('Your profile is saved.'));
  });

  return (
    <Form
      submitLabel={t('Save')}
      error={save.error}
      isPending={save.isPending}
      onSubmit={({ first_name, last_name, email = '' }) =>
        save.mutate({ first_name: first_name || null, last_name: last_name || null, email, locale })
      }
    >
      <div className={styles.names}>
        <TextField
          name="first_name"
          label={t('First name')}
          defaultValue={user.first_name ?? ''}
          autoComplete="given-name"
        />
        <TextField
          name="last_name"
          label={t('Last name')}
          defaultValue={user.last_name ?? ''}
          autoComplete="family-name"
        />
      </div>
      <TextField
        name="email"
        type="email"
        label={t('E-mail address')}
        defaultValue={user.email}
        isRequired
        autoComplete="email"
      />
      <Choices
        label={t('Language')}
        choices={languages}
        value={locale}
        onChange={(id) => setLocale(chooseLocale(id))}
      />
    </Form>
  );
}

function ThemeChoice() {
  const { t } = useI18n();
  const [theme, setTheme] = useState(currentTheme);
  const save = useSaveTheme();

  function show(next: Theme) {
    setTheme(next);
    applyTheme(next);
  }

  function choose(id: string) {
    const next = toTheme(id);

    show(next);
    save.mutate(next, {
      onError: (error) => {
        show(theme);
        showToast(errorText(t, error));
      },
    });
  }

  return (
    <Choices
      label={t('Colours')}
      value={theme || 'system'}
      onChange={choose}
      choices={[
        { id: 'system', label: t('As the system') },
        { id: 'light', label: t('Light') },
        { id: 'dark', label: t('Dark') },
      ]}
    />
  );
}
