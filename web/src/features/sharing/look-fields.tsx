// Theme, typeface, language, title, line around, files: what the address of a frame says.
import { downloadKinds } from '../../shared/card';
import { localeNames, useI18n } from '../../shared/i18n';
import { Checkbox, Select } from '../../ui';
import type { Look } from './look';
import styles from './sharing.module.css';

const asReader = 'reader';
const ofSite = 'site';

export function LookFields({ look, onChange }: { look: Look; onChange: (look: Look) => void }) {
  const { t } = useI18n();

  return (
    <details>
      <summary>{t('Look of the frame')}</summary>
      <div className={styles.look}>
        <Select
          label={t('Colours')}
          choices={[
            { id: 'light', label: t('Light') },
            { id: 'night', label: t('Dark') },
            { id: 'auto', label: t('As the reader prefers') },
            { id: 'transparent', label: t('Light, on the ground of your page') },
          ]}
          value={look.theme}
          onChange={(theme) => onChange({ ...look, theme: theme as Look['theme'] })}
        />
        <Select
          label={t('Typeface')}
          choices={[
            { id: ofSite, label: t('That of this site') },
            { id: 'system-ui', label: t('That of the reader’s machine') },
            { id: 'sans-serif', label: t('Without serifs') },
            { id: 'serif', label: t('With serifs') },
            { id: 'monospace', label: t('Of one width') },
          ]}
          value={look.font || ofSite}
          onChange={(font) => onChange({ ...look, font: font === ofSite ? '' : font })}
        />
        <Select
          label={t('Language')}
          choices={[{ id: asReader, label: t('As the reader prefers') }, ...Object.entries(localeNames).map(([id, label]) => ({ id, label }))]}
          value={look.locale || asReader}
          onChange={(locale) => onChange({ ...look, locale: locale === asReader ? '' : locale })}
        />
        <Checkbox isSelected={look.isTitled} onChange={(isTitled) => onChange({ ...look, isTitled })}>
          {t('With its title')}
        </Checkbox>
        <Checkbox isSelected={look.isBordered} onChange={(isBordered) => onChange({ ...look, isBordered })}>
          {t('With a line around')}
        </Checkbox>
        <div role="group" aria-label={t('Files to download')} className={styles.files}>
          <strong>{t('Files to download')}</strong>
          {downloadKinds.map((kind) => (
            <Checkbox key={kind} isSelected={look.downloads.includes(kind)} onChange={(isOn) => onChange({ ...look, downloads: downloadKinds.filter((one) => (one === kind ? isOn : look.downloads.includes(one))) })}>
              {kind === 'xlsx' ? 'Excel' : kind.toUpperCase()}
            </Checkbox>
          ))}
        </div>
      </div>
    </details>
  );
}
