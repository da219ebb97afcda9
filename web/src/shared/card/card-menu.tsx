// What one can do with a card, behind three dots. A disclosure of the browser: it works everywhere.
import { type KeyboardEvent, useRef, useState } from 'react';
import { useI18n } from '../i18n';
import styles from './card.module.css';

export interface CardAction {
  label: string;
  run: () => void;
}

export function CardMenu({ title, actions }: { title: string; actions: CardAction[] }) {
  const { t } = useI18n();
  const menu = useRef<HTMLDetailsElement>(null);
  // A page has many menus, of which most are never opened.
  const [isOpen, setOpen] = useState(false);
  const close = () => menu.current?.removeAttribute('open');

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    event.stopPropagation();
    close();
    menu.current.querySelector('summary')?.focus();
  }

  function onBlur({ relatedTarget }: { relatedTarget: EventTarget | null }) {
    if (!menu.current?.contains(relatedTarget as Node | null)) close();
  }

  if (!actions.length) return null;
  return (
    <details ref={menu} className={styles.menu} onKeyDown={onKeyDown} onBlur={onBlur} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={t('Actions for {name}', { name: title })}>
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
        </svg>
      </summary>
      {isOpen && (
        <ul className={styles.actions}>
          {actions.map(({ label, run }) => (
            <li key={label}>
              <button
                type="button"
                onClick={() => {
                  close();
                  run();
                }}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
