// Where the figures come from, under which licence, whom to write to, and how accessible the page is.
import { msg, useI18n } from '../i18n';

/** Of each, words, perhaps with an address at their end. */
export type About = Partial<Record<'source' | 'licence' | 'contact' | 'accessibility', string[]>>;

const labels: [key: keyof About, label: string][] = [
  ['source', msg('Source')],
  ['licence', msg('Licence')],
  ['contact', msg('Contact')],
  ['accessibility', msg('Accessibility')],
];

/** "Licence Ouverte https://example.fr/lo" leads there; an address alone is shown as it is read. */
export function readSaid(text: string): { words: string; address: string | null } {
  const [, words = '', end = ''] = /^(.*?)\s*(https?:\/\/\S+|[^\s@]+@[^\s@]+\.[^\s@]+)?$/s.exec(text.trim()) ?? [];
  const address = end && !end.startsWith('http') ? `mailto:${end}` : end;

  return { words: words || end.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, ''), address: address || null };
}

export function AboutLines({ about }: { about: About }) {
  const { t } = useI18n();

  return labels.flatMap(([key, label]) => about[key]?.map((text) => <Line key={key + text} label={t(label)} text={text} />) ?? []);
}

function Line({ label, text }: { label: string; text: string }) {
  const { t } = useI18n();
  const { words, address } = readSaid(text);

  return (
    <p>
      {label}
      {t(': ')}
      {address ? (
        <a href={address} {...(!address.startsWith('mailto:') && { target: '_blank', rel: 'noopener noreferrer' })}>
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  );
}
