// The tabs of a dashboard. Arrows move, Home and End jump.
import { type KeyboardEvent, useRef } from 'react';
import { useI18n } from '../i18n';
import type { DashboardTab } from './types';
import styles from './tabs.module.css';

interface TabsProps {
  tabs: readonly DashboardTab[];
  current: number;
  onChange: (id: number) => void;
  /** The id of the element whose content the tabs choose. */
  panel: string;
}

export const tabId = (panel: string, id: number): string => `${panel}-tab-${id}`;

export function Tabs({ tabs, current, onChange, panel }: TabsProps) {
  const { t } = useI18n();
  const list = useRef<HTMLDivElement>(null);
  const last = tabs.length - 1;
  const steps: Record<string, (at: number) => number> = {
    ArrowRight: (at) => (at === last ? 0 : at + 1),
    ArrowLeft: (at) => (at === 0 ? last : at - 1),
    Home: () => 0,
    End: () => last,
  };

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = step(tabs.findIndex(({ id }) => id === current));
    onChange(tabs[next]?.id ?? current);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  }

  return (
    <>
      <div ref={list} className={styles.tabs} role="tablist" aria-label={t('Tabs')} onKeyDown={onKeyDown}>
        {tabs.map(({ id, name }) => (
          <button
            key={id}
            id={tabId(panel, id)}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={id === current}
            aria-controls={panel}
            tabIndex={id === current ? 0 : -1}
            onClick={() => onChange(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <h2 className={styles.onPaper}>{tabs.find(({ id }) => id === current)?.name}</h2>
    </>
  );
}
