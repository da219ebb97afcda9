// Only the rows in sight are drawn, and a few around them: ten thousand rows scroll like ten.
import { type RefObject, useEffect, useRef, useState } from 'react';

export const rowHeight = 36;
const spareRows = 12;
const fewRows = 80;

interface Window {
  first: number;
  last: number;
}

export function useWindow(count: number): [RefObject<HTMLDivElement | null>, Window] {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Window>({ first: 0, last: fewRows });

  useEffect(() => {
    const element = place.current;
    if (!element || count <= fewRows) return;
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spareRows);
      const last = first + Math.ceil(element.clientHeight / rowHeight) + 2 * spareRows;
      setSeen((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    const print = () => setSeen({ first: 0, last: Math.min(count, 500) });

    look();
    element.addEventListener('scroll', look, { passive: true });
    addEventListener('beforeprint', print);
    addEventListener('afterprint', look);
    return () => {
      element.removeEventListener('scroll', look);
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', look);
    };
  }, [count]);

  return [place, count <= fewRows ? { first: 0, last: count } : { first: seen.first, last: Math.min(count, seen.last) }];
}
