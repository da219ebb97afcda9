// The last lines that the server wrote of itself.
import { useState } from 'react';
import { announce } from '../../../lib/announce';
import { formatInstant } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, Button, Choices, type Column, EmptyState, Loaded, Section, Table, Toolbar } from '../../../ui';
import { levelOf, linesFrom, type LogLine, messageOf, partOf, textOf } from './log-lines';
import { useLog } from './queries';
import styles from './troubleshooting.module.css';

export function LogSection({ word }: { word: string }) {
  const { t } = useI18n();
  const [least, setLeast] = useState('all');
  const log = useLog();
  const lines = linesFrom(log.data ?? [], least, word);

  return (
    <Section title={t('Log')} lead={t('The last lines that the server wrote, newest first. They hold no secret; look at them before you hand them on.')}>
      <Toolbar>
        <Choices
          isNarrow
          label={t('Which lines')}
          choices={[
            { id: 'all', label: t('All lines') },
            { id: 'warn', label: t('Warnings and errors') },
            { id: 'error', label: t('Errors') },
          ]}
          value={least}
          onChange={setLeast}
        />
        <Button isPending={log.isFetching} onPress={() => void log.refetch()}>
          {t('Read again')}
        </Button>
        {lines.length > 0 && <CopyLines text={textOf(lines)} />}
      </Toolbar>
      <Loaded query={log}>{() => (lines.length ? <Lines lines={lines} /> : <EmptyState title={t('No such line')} />)}</Loaded>
    </Section>
  );
}

/** Without https a browser offers no clipboard: the text can still be selected. */
function CopyLines({ text }: { text: string }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState<string | null>(null);

  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(text);
    announce(t('Copied'));
  }

  return window.isSecureContext ? <Button onPress={() => void copy()}>{copied === text ? t('Copied') : t('Copy these lines')}</Button> : null;
}

const isGrave = (line: LogLine) => ['error', 'warn'].includes(levelOf(line));

function Lines({ lines }: { lines: LogLine[] }) {
  const { t, locale } = useI18n();
  const columns: Column<LogLine & { key: number }>[] = [
    { label: t('When'), cell: ({ timestamp }) => formatInstant(locale, timestamp) },
    { label: t('Level'), cell: (line) => <Badge kind={isGrave(line) ? 'warning' : 'plain'}>{line.level.toLowerCase()}</Badge> },
    { label: t('Message'), cell: (line) => <code className={styles.line}>{messageOf(line)}</code> },
    { label: t('Part'), cell: ({ fqns }) => partOf(fqns) },
  ];

  return <Table caption={t('Log')} columns={columns} rows={lines.map((line, key) => ({ ...line, key }))} keyOf={({ key }) => key} />;
}
