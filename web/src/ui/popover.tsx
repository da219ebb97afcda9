// A small sheet beside a button: to choose, to fill in.
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover as AriaPopover } from 'react-aria-components/Popover';
import styles from './popover.module.css';

interface PopoverProps {
  /** Names the sheet, and the button when its words are not enough. */
  label: string;
  trigger: ReactNode;
  look?: 'add' | 'chip' | 'plain' | 'primary' | 'quiet';
  buttonLabel?: string;
  children: (close: () => void) => ReactNode;
}

export function Popover({ label, trigger, look = 'add', buttonLabel, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className={`${styles.trigger} ${styles[look]}`} {...(buttonLabel && { 'aria-label': buttonLabel })}>
        {trigger}
      </AriaButton>
      <AriaPopover className={styles.popover ?? ''} placement="bottom start">
        <Dialog aria-label={label} className={styles.dialog ?? ''}>
          {isOpen && children(() => setOpen(false))}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
