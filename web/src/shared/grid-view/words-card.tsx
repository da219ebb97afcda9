// Cards without a question: a heading, a text, a link, the page of another site.
import { fillText, Markdown } from '../markdown';
import type { Settings } from '../data';
import { useI18n } from '../i18n';
import { Sign } from '../sign';
import { framedAddress } from './frame-hosts';
import styles from './words-card.module.css';

export interface VirtualCard {
  display: string;
}

/** `heading`, `text`, `link`... for a card without a question; nothing for one with a question. */
export const virtualDisplay = (settings: Settings): string | undefined => (settings.virtual_card as VirtualCard | undefined)?.display;

interface WordsCardProps {
  settings: Settings;
  /** The values of filters, by the names that the text uses. */
  values?: Record<string, string>;
  /** Hosts whose pages may be shown: "a.example.org *.b.example.org". */
  frameHosts?: string;
}

const safeAddress = /^(https?:\/\/|mailto:|\/(?!\/))/i;

export function WordsCard({ settings, values = {}, frameHosts = '' }: WordsCardProps) {
  const display = virtualDisplay(settings);
  const text = fillText(String(settings.text ?? ''), values);

  if (display === 'heading') return <h2 className={styles.heading}>{text}</h2>;
  if (display === 'link') return <LinkCard settings={settings} />;
  if (display === 'iframe') return <FramedPage written={String(settings.iframe ?? '')} hosts={frameHosts} />;
  if (display === 'placeholder') return null;
  return (
    <div className={styles.text}>
      <Markdown text={text} />
    </div>
  );
}

function LinkCard({ settings }: { settings: Settings }) {
  const link = (settings.link ?? {}) as { url?: string; entity?: { id?: number; model?: string; name?: string } };
  const paths: Record<string, string> = { dashboard: '/dashboard/', card: '/question/', dataset: '/question/', collection: '/collection/' };
  const base = link.entity?.model ? paths[link.entity.model] : undefined;
  const address = base && link.entity?.id ? base + link.entity.id : (link.url ?? '');

  if (!safeAddress.test(address)) return null;
  return (
    <a className={styles.link} href={address}>
      {link.entity?.name ?? address}
    </a>
  );
}

/** The page of a site that the settings name; of others, readers get a link. */
function FramedPage({ written, hosts }: { written: string; hosts: string }) {
  const { t } = useI18n();
  const framed = framedAddress(written, hosts, location.protocol === 'https:');
  const address = /src=["']([^"']+)/.exec(written)?.[1] ?? written.trim();

  if (framed) {
    return (
      <iframe
        className={styles.frame}
        src={framed}
        title={t('Page of {host}', { host: new URL(framed).hostname })}
        sandbox="allow-scripts allow-same-origin allow-popups allow-forms"
        referrerPolicy="no-referrer"
        loading="lazy"
      />
    );
  }
  if (!/^https?:\/\//i.test(address)) return null;
  return (
    <a className={styles.link} href={address} target="_blank" rel="noopener noreferrer">
      {address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')} <Sign name="away" />
    </a>
  );
}
