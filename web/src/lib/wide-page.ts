// Some pages need the whole width of the screen.
import { useEffect } from 'react';

export function useWidePage(): void {
  useEffect(() => {
    document.documentElement.dataset.wide = 'true';
    return () => {
      delete document.documentElement.dataset.wide;
    };
  }, []);
}
