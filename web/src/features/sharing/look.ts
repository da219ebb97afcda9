// How a published page looks in a frame, as it stands behind the # of its address.

export interface Look {
  theme: 'auto' | 'light' | 'night' | 'transparent';
  isTitled: boolean;
  isBordered: boolean;
  hasDownloads: boolean;
}

/** What a frame does when its address says nothing. */
export const plainLook: Look = { theme: 'light', isTitled: true, isBordered: true, hasDownloads: true };

/** Only what differs is written: the address stays short. */
export function lookHash({ theme, isTitled, isBordered, hasDownloads }: Look): string {
  const parts = [
    theme !== plainLook.theme && `theme=${theme}`,
    !isTitled && 'titled=false',
    !isBordered && 'bordered=false',
    !hasDownloads && 'downloads=false',
  ].filter(Boolean);

  return parts.length ? `#${parts.join('&')}` : '';
}
