// The things one can press: buttons, and links that look like them. They are the browser's own: pages begin with them.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';

type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps {
  children: ReactNode;
  look?: ButtonLook;
  type?: 'button' | 'submit';
  label?: string;
  /** What it began is not done: it keeps the focus and does nothing. */
  isPending?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  onPress?: () => void;
}

const classOf = (look: ButtonLook) => `${styles.button} ${styles[look]}`;

export function Button({ look = 'plain', type = 'button', label, isPending, isDisabled, autoFocus, onPress, children }: ButtonProps) {
  return (
    <button
      type={isPending ? 'button' : type}
      className={classOf(look)}
      disabled={isDisabled}
      autoFocus={autoFocus}
      onClick={isPending ? undefined : onPress && (() => onPress())}
      {...(label && { 'aria-label': label })}
      {...(isPending && { 'aria-disabled': true })}
    >
      {children}
    </button>
  );
}

/** A link that leaves the app: the browser loads its page. */
export function ButtonAnchor({ look = 'plain', href, children }: { look?: ButtonLook; href: string; children: ReactNode }) {
  return (
    <a href={href} className={classOf(look)}>
      {children}
    </a>
  );
}

export function ButtonLink({ look = 'plain', href, children }: { look?: ButtonLook; href: string; children: ReactNode }) {
  return (
    <Link href={href} className={classOf(look)}>
      {children}
    </Link>
  );
}
