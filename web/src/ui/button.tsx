// The things one can press: buttons, and links that look like them.
import type { ReactNode } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components/Button';
import { Link } from 'wouter';
import styles from './button.module.css';

type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps {
  children: ReactNode;
  look?: ButtonLook;
  type?: 'button' | 'submit';
  label?: string;
  isPending?: boolean;
  isDisabled?: boolean;
  slot?: string;
  autoFocus?: boolean;
  onPress?: (event: PressEvent) => void;
}

const classOf = (look: ButtonLook) => `${styles.button} ${styles[look]}`;

export function Button({ look = 'plain', label, ...props }: ButtonProps) {
  return <AriaButton {...props} className={classOf(look)} {...(label && { 'aria-label': label })} />;
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
