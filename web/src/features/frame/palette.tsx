// Finding anything from anywhere: Ctrl or Cmd and K, or the button in the header.
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../../shared/i18n';
import { Button, IconSearch, later } from '../../ui';

const PaletteDialog = later(async () => (await import('./palette-dialog')).PaletteDialog, null);

/** What is typed between the press and the moment that the dialog can be written in. */
function useTypedAhead(isOpen: boolean) {
  const typed = useRef('');
  const isTaken = useRef(false);

  useEffect(() => {
    if (!isOpen) {
      typed.current = '';
      isTaken.current = false;
      return;
    }
    const onKey = (event: KeyboardEvent) => {
      if (isTaken.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.length === 1) typed.current += event.key;
      else if (event.key === 'Backspace') typed.current = typed.current.slice(0, -1);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isOpen]);

  return () => {
    isTaken.current = true;
    return typed.current;
  };
}

export function Palette({ onKeys }: { onKeys: () => void }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const takeTyped = useTypedAhead(isOpen);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <Button look="quiet" label={t('Search')} onPress={() => setOpen(true)}>
        <IconSearch />
      </Button>
      {isOpen && <PaletteDialog begun={takeTyped} onKeys={onKeys} onClose={() => setOpen(false)} />}
    </>
  );
}
