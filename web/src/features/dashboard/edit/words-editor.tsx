// Writing a heading, a text, a link.
import { useState } from 'react';
import type { Settings } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Button, IconEdit, Popover, TextArea, TextField } from '../../../ui';
import styles from './edit.module.css';

interface WordsEditorProps {
  display: string;
  settings: Settings;
  onChange: (settings: Settings) => void;
}

export function WordsEditor({ display, settings, onChange }: WordsEditorProps) {
  const { t } = useI18n();

  return (
    <Popover look="quiet" label={t('Write')} buttonLabel={t('Write')} trigger={<IconEdit />}>
      {(close) => (
        <WordsForm
          display={display}
          settings={settings}
          onSubmit={(changed) => {
            onChange(changed);
            close();
          }}
        />
      )}
    </Popover>
  );
}

export function WordsForm({ display, settings, onSubmit }: { display: string; settings: Settings; onSubmit: (settings: Settings) => void }) {
  const { t } = useI18n();
  const link = (settings.link ?? {}) as { url?: string };
  const kept: Record<string, string> = { link: link.url ?? '', iframe: String(settings.iframe ?? '') };
  const isAddress = display === 'link' || display === 'iframe';
  const [text, setText] = useState(kept[display] ?? String(settings.text ?? ''));
  const made = (written: string): Settings => (display === 'link' ? { link: { ...link, url: written } } : display === 'iframe' ? { iframe: written } : { text });
  const submit = () => text.trim() && onSubmit(made(text.trim()));

  return (
    <div className={styles.form}>
      {display === 'text' ? (
        <TextArea label={t('Text')} autoFocus rows={6} value={text} onChange={setText} hint={t('**bold**, *italic*, # title, - list, [words](address)')} />
      ) : (
        <div onKeyDown={(event) => event.key === 'Enter' && submit()}>
          <TextField label={isAddress ? t('Address') : t('Title')} isRequired autoFocus value={text} onChange={setText} {...(display === 'iframe' && { hint: t('Pages of the sites that the settings name are shown here; of others, readers get a link.') })} />
        </div>
      )}
      <Button look="primary" onPress={submit}>
        {t('Apply')}
      </Button>
    </div>
  );
}
