// A question on its sheet: title, menu, and the chart, or why there is none. One broken card breaks no other.
import { type ReactNode, useRef, useState } from 'react';
import { Chart, kindOf, pictureFile } from '../charts';
import type { Brushed, Chosen, Data, Settings } from '../data';
import { fileName, listed, saveFile, toCsv } from '../data';
import { useI18n } from '../i18n';
import { CardMenu, type CardAction } from './card-menu';
import type { DownloadKind } from './downloads';
import { useElapsed } from './elapsed';
import styles from './card.module.css';

export interface CardProps {
  title: string;
  description?: string | null | undefined;
  href?: string | undefined;
  display: string;
  settings: Settings;
  data: Data | undefined;
  isLoading: boolean;
  /** What went wrong, in the words of the reader. */
  error?: string | undefined;
  onRetry?: (() => void) | undefined;
  /** Whether filters act on it: that may be why it is empty. */
  isFiltered?: boolean;
  onChoose?: ((chosen: Chosen) => void) | undefined;
  onBrush?: ((brushed: Brushed) => void) | undefined;
  actions?: CardAction[];
  /** The kinds of files that may be saved; all when nothing is said. */
  downloads?: readonly DownloadKind[] | undefined;
  /** Files of the server; without them, the rows on the page are saved. */
  files?: CardAction[] | undefined;
  /** Something to know about the figures, under them. */
  note?: string | undefined;
  /** The page does not want it, or says it already. */
  isUntitled?: boolean;
  /** The card is all there is: its title is that of the page. */
  isAlone?: boolean;
  renderLink?: ((href: string, title: string) => ReactNode) | undefined;
}

export function Card(props: CardProps) {
  const { title, description, data, display, isLoading, error, actions = [] } = props;
  const { t, locale } = useI18n();
  const [asTable, setAsTable] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const kind = kindOf(display);
  const hasPicture = Boolean(kind.draw || kind.isMap) && !asTable;
  const isTable = kindOf(display).display === 'table';
  const elapsed = useElapsed(isLoading);
  const Title = props.isAlone ? 'h1' : 'h2';

  async function savePicture(kind: 'png' | 'svg') {
    const picture = place.current && (await pictureFile(place.current, kind));
    if (picture) saveFile(fileName(title, kind), picture.type, picture);
  }

  const may = (kind: DownloadKind) => props.downloads?.includes(kind) ?? true;
  const downloads: CardAction[] = !data ? [] : [
    ...(props.files ?? (may('csv') ? [{ label: t('Download as CSV'), run: () => saveFile(fileName(title, 'csv'), 'text/csv', toCsv(locale, isTable ? listed(data, props.settings) : data)) }] : [])),
    ...(hasPicture && may('png') ? [{ label: t('Download as PNG'), run: () => void savePicture('png') }] : []),
    ...(hasPicture && may('svg') ? [{ label: t('Download as SVG'), run: () => void savePicture('svg') }] : []),
  ];
  const toggle = data && !isTable ? [{ label: asTable ? t('Show the chart') : t('Show as a table'), run: () => setAsTable(!asTable) }] : [];

  return (
    <div className={styles.card} aria-busy={isLoading}>
      <div className={styles.top}>
        <div className={styles.words}>
          {!props.isUntitled && <Title className={styles.title}>{props.href && props.renderLink ? props.renderLink(props.href, title) : title}</Title>}
          {description && <p className={styles.description}>{description}</p>}
        </div>
        {elapsed !== null && <p className={styles.description}>{t('for {seconds} s', { seconds: elapsed })}</p>}
        <CardMenu title={title} actions={[...toggle, ...downloads, ...actions]} />
      </div>
      <div ref={place} className={styles.body} data-stale={isLoading && data ? true : undefined}>
        <Body {...props} display={asTable ? 'table' : display} error={error} elapsed={elapsed} />
      </div>
      {props.note && <p className={styles.note}>{props.note}</p>}
    </div>
  );
}

function Body({ title, data, display, settings, isLoading, error, elapsed, onRetry, onChoose, onBrush, href, renderLink, isFiltered }: CardProps & { elapsed: number | null }) {
  const { t } = useI18n();

  if (error) {
    return (
      <div className={styles.trouble} role="alert">
        <p>{error}</p>
        {onRetry && (
          <button type="button" className={styles.retry} onClick={onRetry}>
            {t('Try again')}
          </button>
        )}
        {href && renderLink?.(href, t('Open the question'))}
      </div>
    );
  }
  if (data) return <Chart title={title} data={data} display={display} settings={settings} onChoose={onChoose} onBrush={onBrush} isFiltered={isFiltered} />;
  return isLoading ? <Waiting isLong={elapsed !== null} /> : null;
}

/** A grey sheet of the right size; after a while, a word. */
function Waiting({ isLong }: { isLong: boolean }) {
  const { t } = useI18n();

  return <div className={styles.waiting}>{isLong && <p role="status">{t('This takes a while. It goes on.')}</p>}</div>;
}
