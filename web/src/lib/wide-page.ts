// Some pages need the whole width of the screen.
import { useLayoutEffect } from 'react';

export function useWidePage(): void {
  // Before the browser paints: what stands on the page does not move.
  useLayoutEffect(() => {
    document.documentElement.dataset.wide = 'true';
    return () => {
      delete document.documentElement.dataset.wide;
    };
  }, []);
}
