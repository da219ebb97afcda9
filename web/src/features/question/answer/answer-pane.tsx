// The answer, and what surrounds it: the chart to choose, its settings, how it went.
import { useState } from 'react';
import { answerTrouble } from '../../../lib/answer-trouble';
import { errorText } from '../../../lib/error-text';
import type { Answer } from '../../../lib/question-types';
import { useElapsed } from '../../../shared/card';
import { Chart, chooseDisplay } from '../../../shared/charts';
import type { Settings } from '../../../shared/data';
import { formatNumber } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Button, IconSettings, Notice, Spinner } from '../../../ui';
import type { Draft } from '../draft';
import { useDrill } from '../drill/use-drill';
import type { DatasetQuery } from '../model/query';
import { KindPicker } from './kind-picker';
import { SettingsPanel } from './settings-panel';
import { TimeUnitPicker } from './time-unit-picker';
import styles from './answer.module.css';

interface AnswerPaneProps {
  title: string;
  /** The question that the answer is to: the draft may be further already. */
  asked: DatasetQuery | null;
  saved: { id: number; name: string } | null;
  draft: Draft;
  answer: Answer | undefined;
  error: unknown;
  isRunning: boolean;
  /** The error is told at a step of the builder, or in the editor. */
  isToldElsewhere: boolean;
  onChange: (change: Partial<Draft>) => void;
  onRun: () => void;
  onCancel: () => void;
}

export const shownDisplay = (draft: Draft, answer: Answer | undefined): string =>
  draft.displayIsLocked || !answer?.data.cols.length ? draft.display : chooseDisplay(answer.data);

export function AnswerPane(props: AnswerPaneProps) {
  const { draft, answer, isRunning, onChange, title } = props;
  const { t } = useI18n();
  const [hasSettings, setSettings] = useState(false);
  const [column, setColumn] = useState('');
  const display = shownDisplay(draft, answer);
  const data = answer?.status === 'completed' ? answer.data : undefined;
  const settings = draft.visualization_settings;
  const lock = (visualization_settings: Settings) => onChange({ visualization_settings, display, displayIsLocked: true });

  const drill = useDrill({
    dataset: props.asked ?? draft.dataset_query,
    display,
    settings,
    data,
    saved: props.saved,
    origin: draft.original_card_id,
    onSettings: lock,
    onFormat: (name) => {
      setColumn(name);
      setSettings(true);
    },
  });

  return (
    <div className={styles.pane}>
      <div className={styles.tools}>
        <KindPicker data={data} display={display} settings={settings} onChange={(kind) => onChange({ display: kind, displayIsLocked: true })} />
        <TimeUnitPicker query={draft.dataset_query} data={data} onChange={(dataset_query) => onChange({ dataset_query })} />
        <Button look="quiet" isDisabled={!data} onPress={() => setSettings(!hasSettings)}>
          <IconSettings />
          {hasSettings ? t('Close the settings') : t('Settings')}
        </Button>
        <RunState {...props} />
      </div>
      <div className={styles.body} data-settings={hasSettings || undefined}>
        <div className={styles.sheet} data-stale={isRunning || undefined} data-empty={(!answer && !isRunning && !props.error) || undefined}>
          <Outcome {...props} />
          {data && !props.error && <Chart title={title} data={data} display={display} settings={settings} onChoose={drill.onChoose} onBrush={drill.onBrush} onHeader={drill.onHeader} />}
          {drill.menu}
        </div>
        {hasSettings && data && <SettingsPanel key={`${display} ${column}`} column={column} data={data} display={display} settings={settings} onChange={lock} />}
      </div>
    </div>
  );
}

function RunState({ answer, error, isRunning, onRun, onCancel }: AnswerPaneProps) {
  const { t, locale } = useI18n();
  const elapsed = useElapsed(isRunning);

  return (
    <div className={styles.state} role="status">
      {isRunning ? (
        <>
          <span>{elapsed === null ? t('Working…') : t('This takes a while. It goes on.')}</span>
          {elapsed !== null && <span aria-hidden="true">{t('for {seconds} s', { seconds: elapsed })}</span>}
          <Button onPress={onCancel}>{t('Cancel')}</Button>
        </>
      ) : (
        <>
          {answer?.status === 'completed' && (
            <span>
              {t('{count, plural, one {# row} other {# rows}}', { count: answer.row_count })} · {formatNumber(locale, answer.running_time)} ms
            </span>
          )}
          {(answer || error) && (
            <Button look="quiet" onPress={onRun}>
              {t('Run again')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Outcome({ answer, error, isRunning, isToldElsewhere, onRun }: AnswerPaneProps) {
  const { t } = useI18n();

  if (error) {
    return (
      <Notice kind="danger">
        <p>{errorText(t, error)}</p>
        <p>
          <Button onPress={onRun}>{t('Try again')}</Button>
        </p>
      </Notice>
    );
  }
  if (answer?.status === 'failed') {
    const reason = answerTrouble(t, answer.error);
    return isToldElsewhere ? (
      <Notice kind="info">{t('No answer yet: something in the question needs a correction.')}</Notice>
    ) : (
      <Notice kind="danger">
        <p>{reason === answer.error ? t('The database did not answer this question.') : reason}</p>
        <p>
          <code>{answer.error}</code>
        </p>
      </Notice>
    );
  }
  if (answer) return null;
  return isRunning ? <Spinner /> : <p className={styles.waiting}>{t('The answer is shown here.')}</p>;
}
