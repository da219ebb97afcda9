// The list that a menu's button opens.
import type { RefObject } from 'react';
import { Menu as AriaMenu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { MenuAction, MenuStart } from './menu';
import list from './list.module.css';

interface MenuListProps {
  label: string;
  actions: MenuAction[];
  trigger: RefObject<HTMLButtonElement | null>;
  start: MenuStart;
  onClose: () => void;
}

export function MenuList({ label, actions, trigger, start, onClose }: MenuListProps) {
  return (
    <Popover aria-label={label} triggerRef={trigger} isOpen onOpenChange={(isOpen) => !isOpen && onClose()} className={list.popover ?? ''} placement="bottom end">
      <AriaMenu className={`${list.list} ${list.acts}`} aria-label={label} autoFocus={start} onClose={onClose}>
        {actions.map(({ id, label: name, isDangerous, onAction }) => (
          <MenuItem key={id} id={id} onAction={onAction} className={list.item ?? ''} {...(isDangerous && { 'data-danger': true })}>
            {name}
          </MenuItem>
        ))}
      </AriaMenu>
    </Popover>
  );
}
