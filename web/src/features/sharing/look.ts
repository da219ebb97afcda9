// How a published page looks in a frame, as it stands behind the # of its address.

import { type DownloadKind, downloadKinds } from '../../shared/card';

export interface Look {
  theme: 'auto' | 'light' | 'night' | 'transparent';
  /** A word that the page knows; "" is the site's own. */
  font: string;
  isTitled: boolean;
  isBordered: boolean;
  downloads: readonly DownloadKind[];
  /** "" follows the reader. */
  locale: string;
  /** With which one a dashboard opens; null: the first. */
  tab: number | null;
}

/** What a frame does when its address says nothing. */
export const plainLook: Look = { theme: 'light', font: '', isTitled: true, isBordered: true, downloads: downloadKinds, locale: '', tab: null };

/** Only what differs is written: the address stays short. */
export function lookHash({ theme, font, isTitled, isBordered, downloads, locale, tab }: Look): string {
  const parts = [
    theme !== plainLook.theme && `theme=${theme}`,
    font && `font=${font}`,
    !isTitled && 'titled=false',
    !isBordered && 'bordered=false',
    downloads.length < downloadKinds.length && `downloads=${downloads.join(',') || 'false'}`,
    locale && `locale=${locale}`,
    tab !== null && `tab=${tab}`,
  ].filter(Boolean);

  return parts.length ? `#${parts.join('&')}` : '';
}
