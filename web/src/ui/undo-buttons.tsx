// Back and forth through what one has changed.
import { useI18n } from '../shared/i18n';
import { Button } from './button';
import { IconRedo, IconUndo } from './icons';

interface UndoButtonsProps {
  /** Absent where there is nothing to go back to. */
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

export function UndoButtons({ undo, redo }: UndoButtonsProps) {
  const { t } = useI18n();

  return (
    <>
      <Button look="quiet" label={t('Undo')} isDisabled={!undo} onPress={() => undo?.()}>
        <IconUndo />
      </Button>
      <Button look="quiet" label={t('Redo')} isDisabled={!redo} onPress={() => redo?.()}>
        <IconRedo />
      </Button>
    </>
  );
}
