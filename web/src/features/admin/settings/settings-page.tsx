// General settings: one small form each, so that one mistake never holds the others back.
import type { Setting } from '../../../api/types';
import { site } from '../../../lib/site';
import { useI18n } from '../../../shared/i18n';
import { Loaded, PageHeader, Section } from '../../../ui';
import { FrameSecret } from './frame-secret';
import { type GeneralSetting, generalSettings, limitSettings, publishingSettings } from '../../../lib/general-settings';
import { useSettings } from './queries';
import { SettingForm } from './setting-form';
import styles from './settings.module.css';

export function SettingsPage() {
  const { t } = useI18n();
  const settings = useSettings();

  return (
    <>
      <PageHeader
        title={t('Settings')}
        lead={t('Each setting can also be given by an environment variable when the server starts. It then wins.')}
      />
      <Loaded query={settings}>
        {(known) => (
          <>
            <Section title={t('The site')}>
              <Forms settings={generalSettings} known={known} />
            </Section>
            <Section title={t('Publishing')}>
              <Forms settings={publishingSettings} known={known} />
              <FrameSecret setting={known.get('embedding-secret-key')} />
            </Section>
            <Section title={t('Limits')}>
              <Forms settings={limitSettings} known={known} />
            </Section>
          </>
        )}
      </Loaded>
      <p className={styles.version}>{t('Version {version}', { version: site.version })}</p>
    </>
  );
}

function Forms({ settings, known }: { settings: GeneralSetting[]; known: Map<string, Setting> }) {
  return settings.map((general) => {
    const setting = known.get(general.key);
    return setting && <SettingForm key={general.key} general={general} setting={setting} />;
  });
}
