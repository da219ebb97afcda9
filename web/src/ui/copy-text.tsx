// Something to copy and hand over: a link, a key.
import { useState } from 'react';
import { announce } from '../lib/announce';
import { useI18n } from '../shared/i18n';
import { Button } from './button';
import { TextField } from './field';
import styles from './copy-text.module.css';

/** Without https a browser offers no clipboard: the text can still be selected. */
export function CopyButton({ label, text }: { label?: string; text: string }) {
  const { t } = useI18n();
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t('Copied'));
  }
  return window.isSecureContext ? <Button onPress={() => void copy()}>{isCopied ? t('Copied') : (label ?? t('Copy'))}</Button> : null;
}

export function CopyText({ label, text }: { label: string; text: string }) {
  return (
    <div className={styles.row}>
      <TextField label={label} value={text} isReadOnly />
      <CopyButton text={text} />
    </div>
  );
}
