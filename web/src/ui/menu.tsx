// A button that opens a short list of actions.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { IconMore } from './icons';
import button from './button.module.css';
import list from './list.module.css';

export interface MenuAction {
  id: string;
  label: string;
  isDangerous?: boolean;
  onAction: () => void;
}

interface MenuProps {
  /** Names the button for those who do not see it: "Actions for Ada". */
  label: string;
  actions: MenuAction[];
  /** What the button shows; three dots otherwise. */
  children?: ReactNode;
  onOpen?: () => void;
}

export function Menu({ label, actions, children, onOpen }: MenuProps) {
  return (
    <MenuTrigger onOpenChange={(isOpen) => isOpen && onOpen?.()}>
      <Button aria-label={label} className={`${button.button} ${button.quiet}`}>
        {children ?? <IconMore />}
      </Button>
      <Popover className={list.popover ?? ''} placement="bottom end">
        <AriaMenu className={list.list ?? ''} aria-label={label}>
          {actions.map(({ id, label: name, isDangerous, onAction }) => (
            <MenuItem
              key={id}
              id={id}
              onAction={onAction}
              className={list.item ?? ''}
              {...(isDangerous && { 'data-danger': true })}
            >
              {name}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
