// The kinds of files that a card offers.
export const downloadKinds = ['csv', 'xlsx', 'json', 'png', 'svg'] as const;

export type DownloadKind = (typeof downloadKinds)[number];
