// Data: there is something to look at already; connecting one's own is optional.
import { useProperties } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { Button } from '../../ui';
import { ConnectionForm, connectableEngines } from '../connection';
import { StepHeader } from './step-header';
import styles from './setup.module.css';

export function DataScreen({ onDone }: { onDone: (address: string) => void }) {
  const { t } = useI18n();
  const engines = connectableEngines(useProperties().data?.engines);

  return (
    <>
      <StepHeader
        step={3}
        title={t('Your data')}
        lead={t('A sample database is already there: you can start right away, and connect your own whenever you like.')}
      />
      <div className={styles.sample}>
        <Button look="primary" onPress={() => onDone('/')}>
          {t('Start with the sample data')}
        </Button>
        <Button onPress={() => onDone('/browse/databases')}>{t('See the tables')}</Button>
      </div>
      {engines.length > 0 && (
        <div className={styles.own}>
          <h2>{t('Connect your own database')}</h2>
          <p className={styles.soft}>{t('Optional. Use an account that can only read.')}</p>
          <ConnectionForm engines={engines} onConnected={({ id }) => onDone(`/browse/databases/${id}`)} />
        </div>
      )}
    </>
  );
}
