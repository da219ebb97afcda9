// Which tab is open. It stands in the address: behind the ? of a link, behind the # of a frame, whose
// words behind the ? are all filters.
import { useState } from 'react';
import type { DashboardTab } from '../../shared/dashboard';

const asked = () => new URLSearchParams(location.search).get('tab') ?? new URLSearchParams(location.hash.slice(1)).get('tab') ?? '';

function write(id: number, isSigned: boolean): void {
  const words = new URLSearchParams(isSigned ? location.hash.slice(1) : location.search);
  words.set('tab', String(id));
  const address = isSigned ? `${location.search}#${words}` : `?${words}${location.hash}`;

  history.replaceState(null, '', location.pathname + address);
}

/** Nothing when the dashboard has no tabs. */
export function useTab(tabs: readonly DashboardTab[], isSigned: boolean): [current: number | null, change: (id: number) => void] {
  const [tab, setTab] = useState(() => {
    const wished = Number.parseInt(asked(), 10);
    return tabs.find(({ id }) => id === wished)?.id ?? tabs[0]?.id ?? null;
  });

  return [
    tab,
    (id) => {
      setTab(id);
      write(id, isSigned);
    },
  ];
}
