// Whose pages a card may show: hosts, as the setting names them. The policy of the page says the same.

interface Host {
  name: string;
  port: string;
  /** `*.example.org`: those below, not itself. */
  isBelow: boolean;
}

function hostOf(word: string): Host {
  const [place = ''] = word.replace(/^\w+:\/\//, '').split('/');
  const [name = '', port = ''] = place.split(':');

  return { name: name.replace(/^\*\./, '').toLowerCase(), port, isBelow: name.startsWith('*.') };
}

/** The address, when it may be shown in a frame. */
export function framedAddress(written: string, hosts: string, isSecure: boolean): string | null {
  const address = /src=["']([^"']+)/.exec(written)?.[1] ?? written.trim();
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, href } = new URL(address);
  if (protocol !== 'https:' && (isSecure || protocol !== 'http:')) return null;

  const isNamed = hosts
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(hostOf)
    .some((host) => (host.isBelow ? hostname.endsWith(`.${host.name}`) : hostname === host.name) && host.port === port);
  return isNamed ? href : null;
}
