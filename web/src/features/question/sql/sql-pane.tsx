// A question written in SQL: the database, the text, its variables.
import { lazy, Suspense, useEffect, useId, useMemo, useRef } from 'react';
import { useDatabases } from '../../../lib/databases';
import { useI18n } from '../../../shared/i18n';
import { Button, IconPlay, Notice, Select, Spinner } from '../../../ui';
import type { TagSource } from '../draft';
import type { DatasetQuery } from '../model/query';
import { useDatabaseTables } from '../queries';
import type { EditorHandle } from './code-editor';
import { DataList } from './data-list';
import { mistakeIn } from './mistake';
import { RunList } from './run-list';
import type { Run } from './runs';
import { schemaOf } from './schema';
import { Snippets, useSnippets } from './snippets';
import { TagSettings } from './tag-settings';
import { withSql } from './tags';
import styles from './sql.module.css';

const CodeEditor = lazy(async () => ({ default: (await import('./code-editor')).CodeEditor }));

interface SqlPaneProps {
  query: DatasetQuery;
  sources: readonly TagSource[];
  isRunning: boolean;
  problem: string | undefined;
  onChange: (query: DatasetQuery) => void;
  onSources: (sources: TagSource[]) => void;
  onRun: (selection: string) => void;
  onCancel: () => void;
  /** What was run here before. */
  runs: readonly Run[];
}

export function SqlPane({ query, sources, onSources, isRunning, problem, onChange, onRun, onCancel, runs }: SqlPaneProps) {
  const { t } = useI18n();
  const databases = useDatabases().data ?? [];
  const engine = databases.find(({ id }) => id === query.database)?.engine ?? '';
  const tables = useDatabaseTables(query.database).data?.tables;
  const schema = useMemo(() => schemaOf(tables ?? []), [tables]);
  const snippets = useSnippets().data;
  const names = useMemo(() => (snippets ?? []).map(({ name }) => name), [snippets]);
  const editor = useRef<EditorHandle | null>(null);
  const text = query.native?.query ?? '';
  const hint = useId();

  useEscape(isRunning, onCancel);

  async function layOut() {
    const { formatSql } = await import('./format-sql');
    onChange(withSql(query, formatSql(text)));
  }

  return (
    <div className={styles.pane}>
      <div className={styles.tools}>
        <Select label={t('Database')} choices={databases.map(({ id, name }) => ({ id: String(id), label: name }))} value={query.database === null ? null : String(query.database)} onChange={(id) => onChange({ ...query, database: Number(id) })} />
        {isRunning ? (
          <Button onPress={onCancel}>{t('Cancel')}</Button>
        ) : (
          <Button look="primary" onPress={() => onRun('')} isDisabled={!text.trim() || query.database === null}>
            <IconPlay />
            {t('Run')}
          </Button>
        )}
        <Snippets selection={() => editor.current?.selection() ?? ''} onInsert={(piece) => editor.current?.insert(piece)} />
        <DataList tables={tables ?? []} engine={engine} onInsert={(name) => editor.current?.insert(name)} />
        <RunList runs={runs} onTake={(sql) => onChange(withSql(query, sql))} />
        <Button isDisabled={!text.trim()} onPress={() => void layOut()}>
          {t('Lay out')}
        </Button>
        <span className={styles.hint} id={hint}>{t('Ctrl + Enter runs all of it, or what is selected; Escape stops it; Tab leaves the editor.')}</span>
      </div>
      <div className={styles.editor}>
        <Suspense fallback={<Spinner />}>
          <CodeEditor label={t('The question in SQL')} value={text} engine={engine} handle={editor} hint={hint} schema={schema} snippets={names} errorAt={mistakeIn(text, problem)} onChange={(sql) => onChange(withSql(query, sql))} onRun={onRun} />
        </Suspense>
      </div>
      {problem && (
        <Notice kind="danger">
          <code>{problem}</code>
        </Notice>
      )}
      <TagSettings query={query} sources={sources} onChange={onChange} onSources={onSources} />
    </div>
  );
}

/** Escape stops what runs, wherever the focus is; a sheet that is open takes it first. */
function useEscape(isRunning: boolean, onCancel: () => void): void {
  const latest = useRef(onCancel);
  latest.current = onCancel;

  useEffect(() => {
    if (!isRunning) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && !(event.target as Element).closest?.('[role=dialog]') && latest.current();
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isRunning]);
}
