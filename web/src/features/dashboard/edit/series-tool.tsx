// Questions that are drawn over the one of the card.
import { type Dashcard, type Question, seriesCard } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Button, Checkbox, Dialog, Loaded } from '../../../ui';
import { sameTable, useSeries } from '../queries';
import { type EditState, withSeries } from './state';
import styles from './edit.module.css';

const stackable = ['line', 'area', 'bar', 'combo', 'scalar'];

export const takesSeries = ({ card_id, card }: Dashcard): boolean => card_id !== null && stackable.includes(card?.display ?? '');

export function SeriesDialog({ card, state, onClose }: { card: Dashcard; state: EditState; onClose: () => void }) {
  const { t } = useI18n();
  const query = useSeries(card.card_id);
  const chosen = card.series ?? [];

  function toggle(found: Question[], question: Question, isOn: boolean) {
    const series = isOn ? [...chosen, seriesCard(question)] : chosen.filter(({ id }) => id !== question.id);
    state.set({ dashcards: withSeries(state, card.id, series, sameTable(card, found)) });
  }

  return (
    <Dialog title={t('Drawn over {name}', { name: card.card?.name ?? '' })} onClose={onClose}>
      <p>{t('Their figures stand beside each other on one chart, where the groups are the same.')}</p>
      <Loaded query={query}>
        {(found) =>
          found.length ? (
            <div role="group" aria-label={t('Questions')}>
              {found.map((question) => (
                <Checkbox key={question.id} isSelected={chosen.some(({ id }) => id === question.id)} onChange={(isOn) => toggle(found, question, isOn)}>
                  {question.name}
                </Checkbox>
              ))}
            </div>
          ) : (
            <p>{t('No other question has figures of this kind.')}</p>
          )
        }
      </Loaded>
      <div className={styles.ends}>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}
