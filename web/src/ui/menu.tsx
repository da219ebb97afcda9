// A button that opens a short list of actions. The button is the browser's own; the list comes when somebody is about to press.
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react';
import { IconMore } from './icons';
import { later } from './later';
import button from './button.module.css';

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

/** What has the focus in a list that opens: whoever came by pointer sees none of its actions chosen. */
export type MenuStart = 'first' | 'last' | true;

const MenuList = later(async () => (await import('./menu-list')).MenuList, null);
const startOfKey: Record<string, MenuStart> = { ArrowDown: 'first', ArrowUp: 'last' };

export const prepareMenus = MenuList.prepare;

export function Menu({ label, actions, children, onOpen }: MenuProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [start, setStart] = useState<MenuStart | null>(null);

  function open(begun: MenuStart) {
    // Where the focus returns to; some browsers do not give it to what is pressed.
    trigger.current?.focus();
    onOpen?.();
    setStart(begun);
  }
  function onKeyDown(event: KeyboardEvent) {
    const begun = startOfKey[event.key];
    if (!begun) return;
    event.preventDefault();
    open(begun);
  }
  const onClick = ({ detail: clicks }: MouseEvent) => open(clicks ? true : 'first');

  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={`${button.button} ${button.quiet}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={start !== null}
        onPointerEnter={() => void MenuList.prepare()}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        {children ?? <IconMore />}
      </button>
      {start && <MenuList label={label} actions={actions} trigger={trigger} start={start} onClose={() => setStart(null)} />}
    </>
  );
}
