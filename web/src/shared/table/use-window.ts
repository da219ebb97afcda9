// Only the rows in sight are drawn, and a few around them: ten thousand rows scroll like ten.
import { type RefObject, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';

export const rowHeight = 36;
const spareRows = 10;
/** With fewer left beyond the edge, the next ones are drawn. */
const leastSpare = 4;
/** Drawn whole: they are found by the search of the browser. */
const fewRows = 40;
/** Drawn before the place is measured: as many as a usual card shows. */
const firstRows = 12;
/** On paper one cannot scroll: rows are printed from the first on, as many as somebody may read. */
const mostPrinted = 500;

interface Window {
  first: number;
  last: number;
}

let isPrinting = false;

/** A store, because the browser does not wait: what changes in one is drawn before the paper is laid out. */
function followPrinting(tell: () => void): () => void {
  const turn = ({ type }: Event) => {
    isPrinting = type === 'beforeprint';
    tell();
  };

  addEventListener('beforeprint', turn);
  addEventListener('afterprint', turn);
  return () => {
    removeEventListener('beforeprint', turn);
    removeEventListener('afterprint', turn);
  };
}

/** The rows to draw when those from `top` to `bottom` are in sight: the same as before as long as they suffice. */
export function windowAround(before: Window, top: number, bottom: number, count: number): Window {
  const isEnough = before.first <= Math.max(0, top - leastSpare) && before.last >= Math.min(count, bottom + leastSpare);
  const isSparse = before.last - before.first <= bottom - top + 4 * spareRows;

  return isEnough && isSparse ? before : { first: Math.max(0, top - spareRows), last: Math.min(count, bottom + spareRows) };
}

/** Where the rows are, which of them are drawn, and whether these are all that one can come to see. */
export function useWindow(count: number): [place: RefObject<HTMLDivElement | null>, seen: Window, isAll: boolean] {
  const isOnPaper = useSyncExternalStore(followPrinting, () => isPrinting, () => false);
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Window>({ first: 0, last: firstRows });

  useLayoutEffect(() => {
    const element = place.current;
    if (!element || count <= fewRows) return;
    const look = () => {
      const { scrollTop, clientHeight } = element;
      setSeen((before) => windowAround(before, Math.floor(scrollTop / rowHeight), Math.ceil((scrollTop + clientHeight) / rowHeight), count));
    };

    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [count]);

  if (isOnPaper) return [place, { first: 0, last: Math.min(count, mostPrinted) }, count <= mostPrinted];
  return [place, count <= fewRows ? { first: 0, last: count } : { first: Math.min(seen.first, count), last: Math.min(count, seen.last) }, true];
}
