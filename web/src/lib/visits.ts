// Going on and going back within the app.
import { useEffect, useState } from 'react';

const events = ['popstate', 'pushState'];

/** Counts them: what stands in the address may be another then, and is read anew. */
export function useVisits(): number {
  const [count, set] = useState(0);

  useEffect(() => {
    const next = () => set((before) => before + 1);
    events.forEach((name) => addEventListener(name, next));
    return () => events.forEach((name) => removeEventListener(name, next));
  }, []);
  return count;
}
