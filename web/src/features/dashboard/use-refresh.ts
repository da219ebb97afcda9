// A dashboard that asks again by itself, for a screen on a wall. `#refresh=60` in the address does it too.
import { useEffect, useState } from 'react';

const leastSeconds = 10;

const secondsInAddress = () => Number(new URLSearchParams(location.hash.slice(1)).get('refresh')) || 0;

export function useRefresh(refresh: () => void): [minutes: number, set: (minutes: number) => void] {
  const [seconds, setSeconds] = useState(secondsInAddress);

  useEffect(() => {
    if (!(seconds > 0)) return;
    const timer = setInterval(refresh, Math.max(leastSeconds, seconds) * 1_000);
    return () => clearInterval(timer);
    // `refresh` is new on each drawing; the clock must not start again for that.
  }, [seconds]);

  function set(minutes: number) {
    const words = new URLSearchParams(location.hash.slice(1));
    if (minutes) words.set('refresh', String(minutes * 60));
    else words.delete('refresh');
    history.replaceState(history.state, '', location.pathname + location.search + (words.size ? `#${words}` : ''));
    setSeconds(minutes * 60);
  }
  return [seconds / 60, set];
}
