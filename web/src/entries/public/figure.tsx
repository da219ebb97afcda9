// One card of a published page: its chart, its files, and what there is to know about its figures.
import { Card, type CardAction, type DownloadKind } from '../../shared/card';
import type { Chosen, Data, Settings } from '../../shared/data';
import { useI18n } from '../../shared/i18n';
import type { Answer } from './answers';
import { dataOf } from './moments';
import { smallNote } from './small-groups';
import type { FileKind } from './source';

interface FigureProps {
  title: string;
  description: string | null;
  display: string;
  settings: Settings;
  answer: Answer | undefined;
  /** Laid over each other, when there are several. */
  data: Data | undefined;
  isLoading: boolean;
  downloads: readonly DownloadKind[];
  isFiltered?: boolean;
  isUntitled?: boolean;
  isAlone?: boolean;
  onChoose?: ((chosen: Chosen) => void) | undefined;
  fileAddress: (kind: FileKind) => string;
  onRetry: () => void;
}

/** The answer carries the name of the file, so that the page stays where it is. */
function download(address: string): void {
  const link = document.createElement('a');

  link.href = address;
  link.download = '';
  link.click();
}

export function Figure({ answer, fileAddress, ...props }: FigureProps) {
  const { t, locale } = useI18n();
  const kinds: [kind: FileKind, label: string][] = [
    ['csv', t('Download as CSV')],
    ['xlsx', t('Download as Excel')],
    ['json', t('Download as JSON')],
  ];
  const files = kinds.filter(([kind]) => props.downloads.includes(kind)).map(([kind, label]): CardAction => ({ label, run: () => download(fileAddress(kind)) }));
  const age = answer?.isStale && answer.from ? dataOf(t, locale, answer.from) : undefined;
  const note = [smallNote(t, answer?.data?.small_cells), age].filter(Boolean).join(' ') || undefined;
  const report = answer?.reference && t('To report it, give the reference {reference}.', { reference: answer.reference });
  const error = answer?.hasFailed ? [t('These figures cannot be shown for the moment.'), report].filter(Boolean).join(' ') : undefined;

  return <Card {...props} files={files} note={note} error={error} />;
}
