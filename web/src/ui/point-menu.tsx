// A sheet that opens where one pressed: a list of acts in sections, or whatever an act needs next.
import { type ReactNode, useRef } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import list from './list.module.css';
import styles from './point-menu.module.css';

export interface ActSection {
  label: string;
  acts: { id: string; label: string; onAction: () => void }[];
}

interface PointMenuProps {
  /** What the acts are about. */
  label: string;
  /** In the window. */
  place: { x: number; y: number };
  sections: ActSection[];
  onClose: () => void;
  /** Instead of the acts: what the chosen one needs to know. */
  children?: ReactNode;
}

const placeOf = ({ x, y }: PointMenuProps['place']) => ({ left: `${x}px`, top: `${y}px` });

export function PointMenu({ label, place, sections, onClose, children }: PointMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const shown = sections.filter(({ acts }) => acts.length);

  return (
    <>
      <span ref={anchor} className={styles.anchor} style={placeOf(place)} />
      <Popover triggerRef={anchor} isOpen onOpenChange={(isOpen) => !isOpen && onClose()} placement="bottom start" className={`${list.popover} ${styles.sheet}`}>
        <Dialog aria-label={label} className={styles.dialog ?? ''}>
          <p className={styles.title}>{label}</p>
          {children ?? (
            <Menu className={styles.list ?? ''} aria-label={label} autoFocus="first">
              {shown.map((section) => (
                <MenuSection key={section.label}>
                  <Header className={styles.header ?? ''}>{section.label}</Header>
                  {section.acts.map(({ id, label: name, onAction }) => (
                    <MenuItem key={id} id={id} onAction={onAction} className={list.item ?? ''}>
                      {name}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          )}
        </Dialog>
      </Popover>
    </>
  );
}
