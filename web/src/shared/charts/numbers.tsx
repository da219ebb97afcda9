// A number by itself, and a number against the one before it.
import { columnOf, holdsDates } from '../data/columns';
import { type Meaning, rowMeaning } from '../data/meaning';
import type { Column, Data, Row, Settings } from '../data/types';
import { formatShare, writer, type Writing, useWriting } from '../format';
import { useI18n } from '../i18n';
import { Sign } from '../sign';
import { colourOr } from './ask';
import type { ChartProps } from './chart';
import { readValue } from './meters';
import { chosenColumns, toNumber } from './series';
import { pathThrough } from './shape';
import frame from './chart.module.css';
import styles from './numbers.module.css';

interface Threshold {
  min?: number | null;
  max?: number | null;
  color?: string;
}

export function NumberView({ data, settings, title, onChoose }: ChartProps) {
  const writing = useWriting();
  const { t } = useI18n();
  const read = readValue({ data, settings, writing, t, display: 'scalar', width: 0, height: 0 }, 'scalar.field');
  const index = Math.max(0, columnOf(data.cols, settings['scalar.field']));
  const other = writer(writing, data.cols[index] as Column, settings)(data.rows[0]?.[index] ?? null);
  const text = read ? read.write(read.value) : other;

  return (
    <div className={styles.number}>
      <p className={styles.big} style={lookOf(settings, read?.value, text)}>
        <Choosable text={text} title={title} meaning={rowMeaning(data, data.rows[0] ?? [], read ? data.cols.indexOf(read.column) : index)} onChoose={onChoose} />
      </p>
    </div>
  );
}

interface ChoosableProps {
  text: string;
  title: string;
  meaning: Meaning;
  onChoose: ChartProps['onChoose'];
}

/** A number that one can go on from is a button; elsewhere it is plain text. */
function Choosable({ text, title, meaning, onChoose }: ChoosableProps) {
  const place = ({ left, bottom }: DOMRect) => ({ x: left, y: bottom });
  if (!onChoose) return text;

  return (
    <button type="button" className={styles.choosable} onClick={({ currentTarget }) => onChoose({ ...meaning, label: [title, text].filter(Boolean).join(' · '), place: place(currentTarget.getBoundingClientRect()) })}>
      {text}
    </button>
  );
}

/** A number takes the colour of the range it falls into. */
function inkFor({ 'scalar.segments': stored }: Settings, value: number | undefined): object {
  const ranges = Array.isArray(stored) ? (stored as Threshold[]) : [];
  const range = ranges.find(({ min, max }) => value !== undefined && value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY));

  return { '--ink': colourOr(range?.color, 'inherit') };
}

/** A long number is written smaller, so that it stays whole. */
const lengthOf = (text: string) => ({ '--length': text.length }) as object;

const lookOf = (settings: Settings, value: number | undefined, text: string) => ({ ...inkFor(settings, value), ...lengthOf(text) });

interface Step {
  title: string;
  value: number;
}

export interface Change {
  now: Step;
  row: Row;
  before: Step | undefined;
  share: number | null;
}

/** The last value, and the one it is compared with. */
export function changeOf({ cols, rows }: Data, settings: Settings, writing: Writing): (Change & { values: number[]; column: Column }) | null {
  const date = cols.findIndex(holdsDates);
  const named = columnOf(cols, settings['scalar.field']);
  const measure = named >= 0 ? named : chosenColumns({ cols, rows }, settings).measures.find((index) => index !== date);
  if (date < 0 || measure === undefined) return null;

  const title = writer(writing, cols[date] as Column, settings);
  const steps = rows
    .flatMap((row): (Step & { at: string; row: Row })[] => {
      const value = toNumber(row[measure]);
      return value === null ? [] : [{ title: title(row[date] ?? null), value, at: String(row[date]), row }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const now = steps.at(-1);
  if (!now) return null;

  const before = comparedWith(steps, settings, { cols, rows });
  const share = before && before.value !== 0 ? (now.value - before.value) / Math.abs(before.value) : null;
  return { now, row: now.row, before, share, values: steps.map(({ value }) => value), column: cols[measure] as Column };
}

function comparedWith(steps: Step[], { 'scalar.comparisons': stored }: Settings, { cols, rows }: Data): Step | undefined {
  const [first] = Array.isArray(stored) ? (stored as { type?: string; value?: unknown; label?: string; column?: string }[]) : [];

  if (first?.type === 'staticNumber' && typeof first.value === 'number') return { title: first.label ?? '', value: first.value };
  if (first?.type === 'anotherColumn') {
    const value = toNumber(rows.at(-1)?.[columnOf(cols, first.column)]);
    return value === null ? undefined : { title: first.label ?? first.column ?? '', value };
  }
  const back = first?.type === 'periodsAgo' && typeof first.value === 'number' ? first.value : 1;
  return steps.at(-1 - back);
}

export function TrendView({ data, settings, onChoose }: ChartProps) {
  const { t } = useI18n();
  const writing = useWriting();
  const change = changeOf(data, settings, writing);
  if (!change) return <p className={frame.nothing}>{t('A trend needs a date and a number.')}</p>;

  const write = writer(writing, change.column, settings);
  return (
    <div className={styles.number}>
      <p className={styles.big} style={lengthOf(write(change.now.value))}>
        <Choosable text={write(change.now.value)} title={change.now.title} meaning={rowMeaning(data, change.row, data.cols.indexOf(change.column))} onChoose={onChoose} />
      </p>
      <p className={styles.soft}>{change.now.title}</p>
      <ChangeLine change={change} write={write} isSwitched={settings['scalar.switch_positive_negative'] === true} />
      {change.values.length > 2 && <Spark values={change.values.slice(-60)} />}
    </div>
  );
}

function ChangeLine({ change: { before, share }, write, isSwitched }: { change: Change; write: (value: number) => string; isSwitched: boolean }) {
  const { t, locale } = useI18n();
  if (!before) return null;
  const way = share === null || share === 0 ? 'same' : share > 0 !== isSwitched ? 'good' : 'bad';

  return (
    <p className={styles.change} data-way={way}>
      <b>
        {share !== null && share !== 0 && (
          <>
            <Sign name={share > 0 ? 'up' : 'down'} />
            {'\u00a0'}
          </>
        )}
        {share === null ? '—' : formatShare(locale, share, 1, true)}
      </b>{' '}
      <span className={styles.soft}>{t('against {value} ({when})', { value: write(before.value), when: before.title })}</span>
    </p>
  );
}

function Spark({ values }: { values: number[] }) {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const points = values.map((value, index) => ({ x: (index / (values.length - 1)) * 196 + 2, y: 34 - ((value - low) / range) * 30 }));

  return (
    <svg className={styles.spark} viewBox="0 0 200 36" preserveAspectRatio="none" aria-hidden="true">
      <path d={pathThrough(points)} />
    </svg>
  );
}
