// Each page names itself: in the title of the document, and to the ear by moving the focus to its h1.
import { type RefObject, useEffect, useRef } from 'react';
import { useSiteName } from './session';

let shownBefore = false;

export function usePageTitle(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const name = useSiteName();

  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);

  useEffect(() => {
    // On the very first page the browser reads from the top; afterwards only we can say that it changed.
    if (shownBefore) heading.current?.focus();
    shownBefore = true;
  }, []);

  return heading;
}
