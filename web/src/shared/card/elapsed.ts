// How long one waits already: said only when it is long.
import { useEffect, useState } from 'react';

/** In seconds. */
const patience = 5;

/** The seconds since the wait began, from the fifth on; nothing before, and nothing when nobody waits. */
export function useElapsed(isWaiting: boolean): number | null {
  const [seconds, setSeconds] = useState(0);

  useEffect(() => {
    if (!isWaiting) return;
    const start = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - start) / 1_000)), 1_000);
    return () => {
      clearInterval(timer);
      setSeconds(0);
    };
  }, [isWaiting]);

  return isWaiting && seconds >= patience ? seconds : null;
}
