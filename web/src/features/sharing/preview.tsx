// What is published, as its readers will see it: on a phone or on a wide page, by day or by night.
import { useEffect, useRef, useState } from 'react';
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { Choices, Loaded } from '../../ui';
import { type Look, lookHash } from './look';
import { type Kind, type PreviewOf, usePreview } from './queries';
import styles from './sharing.module.css';

const sizes = { phone: { width: 360, height: 600 }, wide: { width: 1280, height: 860 } };

interface PreviewProps {
  title: string;
  address: string;
  look: Look;
}

export function Preview({ title, address, look }: PreviewProps) {
  const { t } = useI18n();
  const [size, setSize] = useState<keyof typeof sizes>('phone');
  const [theme, setTheme] = useState<'light' | 'night' | null>(null);
  const shown = address + lookHash({ ...look, theme: theme ?? look.theme });

  // Whoever chooses other colours for the page wants to see these.
  useEffect(() => setTheme(null), [look.theme]);

  return (
    <section className={styles.preview} aria-label={t('Preview')}>
      <div className={styles.views}>
        <strong>{t('Preview')}</strong>
        <Choices
          isNarrow
          label={t('Width of the preview')}
          choices={[
            { id: 'phone', label: t('Phone') },
            { id: 'wide', label: t('Wide page') },
          ]}
          value={size}
          onChange={(id) => setSize(id === 'wide' ? id : 'phone')}
        />
        <Choices
          isNarrow
          label={t('Colours of the preview')}
          choices={[
            { id: 'light', label: t('Light') },
            { id: 'night', label: t('Dark') },
          ]}
          value={theme ?? (look.theme === 'night' ? 'night' : 'light')}
          onChange={(id) => setTheme(id === 'night' ? id : 'light')}
        />
      </div>
      <Scaled key={shown} title={t('Preview of {name}', { name: title })} address={shown} {...sizes[size]} />
    </section>
  );
}

interface PrivatePreviewProps {
  kind: Kind;
  item: { id: number; name: string };
  of: PreviewOf;
  look: Look;
}

/** What is not published yet, or what a site would sign: seen by those who may publish, in their session alone. */
export function PrivatePreview({ kind, item, of, look }: PrivatePreviewProps) {
  return <Loaded query={usePreview(kind, item.id, of)}>{({ path }) => <Preview title={item.name} address={location.origin + site.base + path} look={look} />}</Loaded>;
}

interface ScaledProps {
  title: string;
  address: string;
  width: number;
  height: number;
}

/** A page as wide as it says, made small enough for the place that there is. */
function Scaled({ title, address, width, height }: ScaledProps) {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const fit = () => {
      const scale = Math.min(1, box.clientWidth / width);
      const set = (name: string, value: string) => box.style.setProperty(name, value);
      set('--scale', String(scale));
      set('--width', `${width}px`);
      set('--height', `${height}px`);
    };
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    fit();
    return () => observer.disconnect();
  }, [width, height]);

  return (
    <div ref={place} className={styles.screen}>
      <div className={styles.sheet}>
        <iframe title={title} src={address} />
      </div>
    </div>
  );
}
