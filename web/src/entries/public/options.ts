// What the page that frames us asks for, behind the # of the address. What we do not know is ignored.

import { type DownloadKind, downloadKinds } from '../../shared/card';
import { fontOfWord, type Theme, themeOfWord } from '../../shared/theme';

export interface Options {
  isFramed: boolean;
  isBordered: boolean;
  isTitled: boolean;
  /** "" follows the reader. */
  theme: Theme;
  /** A list of typefaces; "" is the site's own. */
  font: string;
  hasGround: boolean;
  hiddenFilters: string[];
  /** Seconds between two looks at the data; 0 is never. */
  refresh: number;
  isFull: boolean;
  locale: string;
  /** The kinds of files that readers may save. */
  downloads: readonly DownloadKind[];
}

const leastRefresh = 5;

/** `false`, `csv,png`, or in older words `pdf`, which we have none of, and `results`. */
function readDownloads(text: string): readonly DownloadKind[] {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const named = downloadKinds.filter((kind) => words.includes(kind));

  if (named.length) return named;
  return words.every((word) => word === 'false' || word === 'pdf') ? [] : downloadKinds;
}

export function readOptions(hash: string, isFramed: boolean): Options {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const says = (name: string, otherwise: boolean) => (asked.has(name) ? asked.get(name) !== 'false' : otherwise);
  const theme = asked.get('theme') ?? '';
  const refresh = Number(asked.get('refresh') ?? 0);

  return {
    isFramed,
    isBordered: says('bordered', isFramed),
    isTitled: says('titled', true),
    // A frame belongs to its page: it does not turn dark by itself.
    theme: themeOfWord(asked) || (isFramed && theme !== 'auto' ? 'light' : ''),
    font: fontOfWord(asked.get('font') ?? ''),
    hasGround: theme !== 'transparent' && says('background', true),
    hiddenFilters: (asked.get('hide_parameters') ?? '').split(',').map((slug) => slug.trim()).filter(Boolean),
    refresh: refresh > 0 ? Math.max(leastRefresh, refresh) : 0,
    isFull: says('fullscreen', false),
    locale: asked.get('locale') ?? '',
    downloads: says('hide_download_button', false) ? [] : readDownloads(asked.get('downloads') ?? ''),
  };
}

export function applyOptions({ theme, font, hasGround, isFramed, isBordered, isFull }: Options): void {
  const { dataset, style } = document.documentElement;

  dataset.theme = theme;
  dataset.ground = String(hasGround);
  dataset.framed = String(isFramed);
  dataset.bordered = String(isBordered);
  dataset.full = String(isFull);
  if (font) style.setProperty('--font', font);
}
