// Finding anything from anywhere: Ctrl or Cmd and K, or the button in the header.
import { useEffect, useState } from 'react';
import { useI18n } from '../../shared/i18n';
import { Button, IconSearch, later } from '../../ui';

const PaletteDialog = later(async () => (await import('./palette-dialog')).PaletteDialog, null);

export function Palette() {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);

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
      {isOpen && <PaletteDialog onClose={() => setOpen(false)} />}
    </>
  );
}
