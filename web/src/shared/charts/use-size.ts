// How large the place of a chart is now. It is measured before anything is drawn into it, so that a chart is drawn once;
// the places of a page are measured together, and one observer watches them all.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Size } from './ask';

/** Where nothing can be measured: a place that is not shown, a page without layout. */
const unknown: Size = { width: 600, height: 320 };

type Look = (width: number, height: number) => void;

const watched = new Map<Element, Look>();
let observer: ResizeObserver | undefined;

function watch(element: Element, look: Look): () => void {
  if (typeof ResizeObserver === 'undefined') return () => {};
  observer ??= new ResizeObserver((entries) => entries.forEach(({ target, contentRect: { width, height } }) => watched.get(target)?.(width, height)));
  watched.set(element, look);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

/** Null until it is measured, which is before anything is seen. */
export function useSize(): [RefObject<HTMLDivElement | null>, Size | null] {
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const look: Look = (wide, high) => {
      const now = { width: Math.floor(wide), height: Math.floor(high) };
      const isShown = now.width > 0 && now.height > 0;
      setSize((before) => {
        if (!isShown) return before ?? unknown;
        return before?.width === now.width && before.height === now.height ? before : now;
      });
    };
    const { width, height } = element.getBoundingClientRect();
    look(width, height);
    return watch(element, look);
  }, []);

  return [place, size];
}
