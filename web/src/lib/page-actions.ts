// What can be done on the page that is open: the palette offers it first.
import { useEffect } from 'react';

export interface PageAction {
  id: string;
  label: string;
  onAction: () => void;
}

let current: readonly PageAction[] = [];

export const pageActions = (): readonly PageAction[] => current;

/** Those of the latest drawing count, as long as the page is there. */
export function usePageActions(actions: readonly PageAction[]): void {
  useEffect(() => {
    current = actions;
    return () => {
      if (current === actions) current = [];
    };
  });
}
