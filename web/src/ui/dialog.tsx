// A question that stands in front of the page until it is answered.
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { errorText } from '../lib/error-text';
import { useI18n } from '../shared/i18n';
import { Button } from './button';
import { IconClose } from './icons';
import { Notice } from './notice';
import styles from './dialog.module.css';
import form from './form.module.css';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  role?: 'dialog' | 'alertdialog';
  isWide?: boolean;
}

export function Dialog({ title, onClose, children, role = 'dialog', isWide }: DialogProps) {
  const { t } = useI18n();

  return (
    <ModalOverlay isOpen isDismissable={role === 'dialog'} onOpenChange={onClose} className={styles.overlay ?? ''}>
      <Modal className={`${styles.modal} ${isWide ? styles.wide : ''}`}>
        <AriaDialog role={role} className={styles.dialog ?? ''}>
          <div className={styles.top}>
            <Heading slot="title">{title}</Heading>
            <Button look="quiet" label={t('Close')} onPress={onClose}>
              <IconClose />
            </Button>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  confirmLabel: string;
  error?: unknown;
  isPending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** For what cannot be undone: says what goes, and names the act on its button. */
export function ConfirmDialog({ title, children, confirmLabel, error, isPending, onConfirm, onClose }: ConfirmProps) {
  const { t } = useI18n();

  return (
    <Dialog role="alertdialog" title={title} onClose={onClose}>
      <p>{children}</p>
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
      <div className={form.actions}>
        <Button look="danger" onPress={onConfirm} {...(isPending && { isPending })}>
          {confirmLabel}
        </Button>
        <Button onPress={onClose} autoFocus>
          {t('Cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
