// How often a dashboard asks again by itself.
import { useI18n } from '../../shared/i18n';
import { Button, Choices, Dialog } from '../../ui';

const offered = [0, 1, 5, 10, 15, 30, 60];

export function RefreshDialog({ minutes, onChange, onClose }: { minutes: number; onChange: (minutes: number) => void; onClose: () => void }) {
  const { t } = useI18n();
  const label = (count: number) => (count ? t('{count, plural, one {Every minute} other {Every # minutes}}', { count }) : t('Never'));

  return (
    <Dialog title={t('Ask again by itself')} onClose={onClose}>
      <Choices label={t('How often')} choices={offered.map((one) => ({ id: String(one), label: label(one) }))} value={String(minutes)} onChange={(id) => onChange(Number(id))} />
      <p>{t('As long as this page is open. The address keeps the choice.')}</p>
      <div>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}
