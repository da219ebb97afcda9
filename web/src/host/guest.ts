// The address of a signed frame, from what an element and its page ask for.

export type Kind = 'dashboard' | 'question';

export interface Config {
  isGuest?: boolean;
  instanceUrl?: string;
  theme?: { preset?: string; fontFamily?: string } | string;
  locale?: string;
  guestEmbedProviderUri?: string;
}

export interface Wishes {
  hasTitle: boolean;
  hasDownloads: boolean;
  parameters: Record<string, string | number | boolean | null | (string | number)[]>;
  hiddenParameters: string[];
  refresh: number;
}

function themeOf({ theme }: Config): string | undefined {
  const preset = typeof theme === 'string' ? theme : theme?.preset;

  return preset === 'dark' ? 'night' : preset;
}

export function addressOf(kind: Kind, token: string, wishes: Wishes, config: Config): string {
  const filters = Object.entries(wishes.parameters).flatMap(([slug, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [slug, String(one ?? '')]),
  );
  const options = Object.entries({
    bordered: false,
    titled: wishes.hasTitle,
    downloads: wishes.hasDownloads,
    theme: themeOf(config),
    font: typeof config.theme === 'object' ? config.theme.fontFamily : undefined,
    locale: config.locale,
    hide_parameters: wishes.hiddenParameters.join(',') || undefined,
    refresh: wishes.refresh > 0 ? wishes.refresh : undefined,
  }).filter(([, value]) => value !== undefined);
  const base = (config.instanceUrl ?? '').replace(/\/+$/, '');
  const search = filters.length ? `?${new URLSearchParams(filters)}` : '';

  return `${base}/embed/${kind}/${token}${search}#${new URLSearchParams(options.map(([name, value]) => [name, String(value)]))}`;
}

/** When a token ends, in seconds; nothing when it does not say. */
export function expiryOf(token: string): number | null {
  try {
    const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(body)) as { exp?: unknown };
    return typeof exp === 'number' ? exp : null;
  } catch {
    return null;
  }
}
