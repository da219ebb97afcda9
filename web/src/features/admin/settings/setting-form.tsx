// One setting: its value, its environment variable, and a button to save it.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import type { Setting } from '../../../api/types';
import { useProperties } from '../../../lib/session';
import { formatDateTime } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { type Choice, Form, Select, showToast, TextField } from '../../../ui';
import { type GeneralSetting, settingValue } from '../../../lib/general-settings';
import { useSaveSetting, useSettingValue } from './queries';
import styles from './settings.module.css';

// In a list, "nothing chosen" needs a name of its own.
const unset = 'unset';

interface SettingFormProps {
  general: GeneralSetting;
  setting: Setting;
}

export function SettingForm({ general, setting }: SettingFormProps) {
  return setting.is_env_setting ? (
    <FixedSetting general={general} setting={setting} />
  ) : (
    <OpenSetting general={general} setting={setting} />
  );
}

/** The one that the address names is brought before its reader. */
function Place({ name, children }: { name: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const isWanted = new URLSearchParams(useSearch()).get('setting') === name;

  useEffect(() => {
    if (!isWanted) return;
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [isWanted]);
  return (
    <div ref={place} className={styles.setting}>
      {children}
    </div>
  );
}

/** Set where the server starts: shown, not changed. */
function FixedSetting({ general, setting }: SettingFormProps) {
  const { t } = useI18n();
  const value = useSettingValue(setting).data;
  const label = useChoices(general)?.find(({ id }) => id === value)?.label;

  return (
    <Place name={general.key}>
      <TextField
        label={t(general.label)}
        value={label ?? String(value ?? '')}
        isReadOnly
        hint={
          <>
            {t('Set where the server starts, so it cannot be changed here.')} <code>{setting.env_name}</code>
          </>
        }
      />
    </Place>
  );
}

function OpenSetting({ general, setting }: SettingFormProps) {
  const { t, locale } = useI18n();
  const choices = useChoices(general);
  const saved = String(setting.value ?? setting.default ?? (choices ? unset : ''));
  const [value, setValue] = useState(saved);
  const save = useSaveSetting(general.key, () =>
    showToast(t('Saved: {setting}', { setting: t(general.label) })),
  );
  const hint = (
    <>
      {t(general.hint)} <code>{setting.env_name}</code>
      {setting.changed_at && setting.changed_by && <> {t('Changed by {person}, {date}.', { person: setting.changed_by, date: formatDateTime(locale, setting.changed_at) })}</>}
    </>
  );

  return (
    <Place name={general.key}>
      <Form
        submitLabel={t('Save')}
        submitName={t('Save: {setting}', { setting: t(general.label) })}
        isUnchanged={value === saved}
        error={save.error}
        isPending={save.isPending}
        onSubmit={() => save.mutate(value === unset ? null : settingValue(general, value))}
      >
        {choices ? (
          <Select
            label={t(general.label)}
            hint={hint}
            choices={choices}
            value={value}
            onChange={setValue}
            isSearchable={choices.length > 12}
          />
        ) : (
          <TextField label={t(general.label)} hint={hint} value={value} onChange={setValue} isRequired={!general.isOptional} type={general.kind === 'number' ? 'number' : 'text'} />
        )}
      </Form>
    </Place>
  );
}

function useChoices({ choices }: GeneralSetting): Choice[] | undefined {
  const { t } = useI18n();
  const zones = useProperties().data?.['available-timezones'] ?? [];

  if (choices === 'timezones') {
    const named = [...zones].sort().map((id) => ({ id, label: id.replaceAll('_', ' ') }));
    return [{ id: unset, label: t('That of each database') }, ...named];
  }
  return choices?.map(({ id, label }) => ({ id, label: t(label) }));
}
