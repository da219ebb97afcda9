// A text that changes while one types, given on when the typing pauses.
import { useEffect, useState } from 'react';

const pause = 200;

export function useSettled(text: string): string {
  const [settled, settle] = useState(text);

  useEffect(() => {
    const timer = setTimeout(() => settle(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
