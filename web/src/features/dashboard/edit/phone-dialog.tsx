// The cards as a phone shows them, one below the other, and the order in which they are read.
import type { Dashboard, Dashcard } from '../../../lib/question-types';
import { GridView, inOrder } from '../../../shared/grid-view';
import { useI18n } from '../../../shared/i18n';
import { Dialog, Toolbar, UndoButtons } from '../../../ui';
import { OrderList } from '../../../ui/order-list';
import { displayOf } from '../dashboard-view';
import { withOrder } from '../layout';
import { CardContent, useNameOfCard } from './card-being-edited';
import type { EditState } from './state';
import styles from './edit.module.css';

interface PhoneDialogProps {
  dashboard: Dashboard;
  state: EditState;
  /** Those of the tab. */
  cards: Dashcard[];
  onClose: () => void;
}

export function PhoneDialog({ dashboard, state, cards, onClose }: PhoneDialogProps) {
  const { t } = useI18n();
  const nameOf = useNameOfCard();
  const others = state.dashcards.filter(({ id }) => !cards.some((one) => one.id === id));
  const items = inOrder(cards).map((card) => ({ id: String(card.id), label: nameOf(card) }));

  return (
    <Dialog isWide title={t('Phone and reading order')} onClose={onClose}>
      <p>{t('On a phone, cards stand below each other in this order; they are read aloud and reached with Tab in it too. Change it here: the wide page follows.')}</p>
      <div className={styles.phone}>
        <div className={styles.wiring}>
          <OrderList label={t('Reading order')} items={items} onMove={(id, to) => state.set({ dashcards: [...others, ...withOrder(cards, Number(id), to)] })} />
          <Toolbar>
            <UndoButtons undo={state.undo} redo={state.redo} />
          </Toolbar>
        </div>
        <div className={styles.screen} role="region" tabIndex={0} aria-label={t('Preview')}>
          <div inert>
            <GridView cards={cards} kindOf={displayOf}>
              {(card) => <CardContent card={card} dashboard={dashboard} />}
            </GridView>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
