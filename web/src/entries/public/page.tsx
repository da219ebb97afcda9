// What every published page has around its figures: title, site, filters, and a quiet foot.
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { FilterBar, type FilterParameter } from '../../shared/filters';
import { type About, AboutLines } from '../../shared/about';
import { dataOf, formatDate } from './moments';
import { useI18n } from '../../shared/i18n';
import type { Options } from './options';
import { choicesFrom, parentsOf, type Source } from './source';
import type { Filters } from './use-filters';
import styles from './page.module.css';

interface PageProps {
  /** Absent when the figure says it. */
  title?: string;
  description?: string | null;
  site: string;
  about: About;
  options: Options;
  isWide: boolean;
  source: Source;
  /** The filters to show; those that the frame hides still count. */
  parameters: readonly FilterParameter[];
  filters: Filters;
  /** Above the filters, which are those of the tab. */
  tabs?: ReactNode;
  /** The moment of kept figures. */
  from: string | undefined;
  isStale: boolean;
  children: ReactNode;
}

export function Page(props: PageProps) {
  const { title, description, site, options, filters, source, parameters, children } = props;
  const { t } = useI18n();
  // Choices are asked again only when a filter that narrows them down has changed.
  const parents = JSON.stringify(parameters.map((parameter) => parentsOf(parameter, filters.draft)));
  const loadChoices = useMemo(() => choicesFrom(source, filters.draft), [source, parents]);
  const shown = parameters.filter(({ slug }) => !options.hiddenFilters.includes(slug));

  return (
    <div className={styles.page} data-wide={props.isWide || undefined}>
      {!options.isFramed && (
        <a className={styles.skip} href="#figures">
          {t('Skip to the figures')}
        </a>
      )}
      {(options.isTitled && title) || !options.isFramed ? (
        <header className={styles.header}>
          <div className={styles.words}>
            {!options.isFramed && site && <p className={styles.site}>{site}</p>}
            {options.isTitled && title && <h1>{title}</h1>}
            {options.isTitled && description && <p className={styles.description}>{description}</p>}
          </div>
          <FullScreenButton />
        </header>
      ) : null}
      {props.tabs && <section aria-label={t('Tabs')}>{props.tabs}</section>}
      {shown.length > 0 && (
        <div className={styles.filters}>
          <FilterBar parameters={shown} values={filters.draft} onChange={filters.change} loadChoices={loadChoices} />
          {filters.isChanged && (
            <button type="button" className={styles.apply} onClick={filters.apply}>
              {t('Apply')}
            </button>
          )}
        </div>
      )}
      <main id="figures" tabIndex={-1}>
        {props.isStale && (
          <p className={styles.stale} role="status">
            {t('The source of these figures cannot be reached for the moment: those that are marked are the last that are known.')}
          </p>
        )}
        {!options.isTitled && title && <h1 className={styles.unseen}>{title}</h1>}
        {children}
      </main>
      <Foot {...props} />
    </div>
  );
}

/** Only where the browser can, and the frame may. */
function FullScreenButton() {
  const { t } = useI18n();
  const [isFull, setFull] = useState(false);

  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);

  if (!document.fullscreenEnabled) return null;
  const turn = () => void (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {});
  return (
    <button type="button" className={styles.quiet} onClick={turn} aria-pressed={isFull} aria-label={t('Full screen')} title={t('Full screen')}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d="M3 8V3h5M17 8V3h-5M3 12v5h5M17 12v5h-5" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </button>
  );
}

function Foot({ site, about, options, from }: PageProps) {
  const { t, locale } = useI18n();
  if (options.isFramed && !from && !Object.keys(about).length) return null;

  return (
    <footer className={styles.foot}>
      {from && <p>{dataOf(t, locale, from)}</p>}
      {!options.isFramed && site && <p>{t('Published by {site}', { site })}</p>}
      <AboutLines about={about} />
      {!options.isFramed && <ThemeButton />}
      <p className={styles.onPaper}>{t('Printed on {date} from {address}', { date: formatDate(locale, new Date().toISOString()), address: location.href })}</p>
    </footer>
  );
}

/** For this visit: nothing is stored on the reader's machine. */
function ThemeButton() {
  const { t } = useI18n();
  const [theme, setTheme] = useState(() => document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  const isDark = theme === 'dark';

  function turn() {
    const next = isDark ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    setTheme(next);
  }

  return (
    <button type="button" className={styles.themeButton} onClick={turn}>
      {isDark ? t('Light colours') : t('Dark colours')}
    </button>
  );
}
