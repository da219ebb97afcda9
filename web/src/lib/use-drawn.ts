// False until the page has been seen once: what stands beside it, and nobody waits for, is asked for then.
import { useEffect, useState } from 'react';

export function useDrawn(): boolean {
  const [isDrawn, set] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => set(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isDrawn;
}
