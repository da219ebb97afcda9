// A dashboard that asks again by itself, for a screen on a wall. `#refresh=60` in the address does it too.
import { useEffect, useState } from 'react';
import { useI18n } from '../../shared/i18n';
import { Button, Choices, Dialog } from '../../ui';

const leastSeconds = 10;

const secondsInAddress = () => Number(new URLSearchParams(location.hash.slice(1)).get('refresh')) || 0;

export function useRefresh(refresh: () => void): [minutes: number, set: (minutes: number) => void] {
  const [seconds, setSeconds] = useState(secondsInAddress);

  useEffect(() => {
    if (!(seconds > 0)) return;
    const timer = setInterval(refresh, Math.max(leastSeconds, seconds) * 1_000);
    return () => clearInterval(timer);
    // `refresh` is new on each drawing; the clock must not start again for that.
  }, [seconds]);

  function set(minutes: number) {
    const hash = minutes ? `#refresh=${minutes * 60}` : '';
    history.replaceState(history.state, '', location.pathname + location.search + hash);
    setSeconds(minutes * 60);
  }
  return [seconds / 60, set];
}

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
