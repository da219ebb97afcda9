// The list of keys: with ?, outside of what one writes in, unless keys of one letter are turned off.
import { useEffect, useState } from 'react';
import { hasLetterKeys } from '../../lib/preferences';
import { later } from '../../ui';

const KeysDialog = later(async () => (await import('./keys-dialog')).KeysDialog, null);

const isElsewhere = (target: EventTarget | null) => !(target as Element).closest?.('input, textarea, select, [contenteditable=true], [role=dialog], [role=listbox], [role=menu]');

/** What opens the list, and the list while it is open. */
export function useKeys() {
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || !isElsewhere(event.target) || !hasLetterKeys()) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return { show: () => setOpen(true), dialog: isOpen && <KeysDialog onClose={() => setOpen(false)} /> };
}
