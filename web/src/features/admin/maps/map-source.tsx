// Where the file of a map comes from: an address that the server reads, or a file of one's own.
import { useState } from 'react';
import { errorText } from '../../../lib/error-text';
import { propertiesOf } from '../../../shared/charts';
import { useI18n } from '../../../shared/i18n';
import { Button, Choices, FileField, Notice, Spinner, TextField } from '../../../ui';
import { isSent, type MapDefinition } from './own-maps';
import { useGeojson } from './queries';

/** What is known of the file: nothing before somebody looked at it. */
export interface Found {
  url: string;
  geojson: unknown;
  /** To be sent: nothing for one that the server has, or reads itself. */
  file: File | null;
}

export type Kept = MapDefinition & { key: string };

export function useSource(line: Kept | undefined) {
  const [kind, choose] = useState<'address' | 'file'>(line && isSent(line) ? 'file' : 'address');
  const [url, setUrl] = useState(line && !isSent(line) ? line.url : '');
  const [looked, look] = useState<{ key?: string; url: string } | null>(line ? { key: line.key, url: line.url } : null);
  const [chosen, setChosen] = useState<Found | null>(null);
  const file = useGeojson(looked);
  const wasSent = line !== undefined && isSent(line);
  const kept = looked && file.data && (kind === 'file' ? wasSent : looked.url === url) ? { url: looked.url, geojson: file.data, file: null } : null;
  const found: Found | null = kind === 'file' ? (chosen ?? kept) : kept;

  return { kind, choose, url, setUrl, look, setChosen, file, found };
}

const most = 5 * 1024 * 1024;

async function readFile(file: File): Promise<Found> {
  const url = `sent:${file.name}`;

  try {
    return { url, file, geojson: file.size > most ? null : (JSON.parse((await file.text()).replace(/^\uFEFF/, '')) as unknown) };
  } catch {
    return { url, file, geojson: null };
  }
}

export function SourceFields({ kind, choose, url, setUrl, look, setChosen, file, found }: ReturnType<typeof useSource>) {
  const { t } = useI18n();
  const isWrong = found !== null && !propertiesOf(found.geojson).length;

  return (
    <>
      <Choices
        isNarrow
        label={t('Where the file is')}
        choices={[
          { id: 'address', label: t('At an address') },
          { id: 'file', label: t('On this device') },
        ]}
        value={kind}
        onChange={(id) => choose(id === 'file' ? id : 'address')}
      />
      {kind === 'file' && (
        <FileField
          label={t('GeoJSON file')}
          hint={t('At most 5 MB, in degrees (WGS 84). The server keeps the outlines, and of each region its code and its name.')}
          accept=".geojson,.json,application/geo+json,application/json"
          onChoose={(chosen) => void (chosen && readFile(chosen).then(setChosen))}
        />
      )}
      {kind === 'address' && (
        <>
          <TextField label={t('Address of the file')} isRequired type="url" value={url} placeholder="https://" hint={t('GeoJSON over https. The server fetches it once, and keeps it: readers ask nobody else.')} onChange={setUrl} />
          <div>
            <Button isDisabled={!url.startsWith('https://')} isPending={file.isFetching} onPress={() => look({ url })}>
              {t('Look at the file')}
            </Button>
          </div>
          {file.isFetching && <Spinner />}
          {file.error && <Notice kind="danger">{errorText(t, file.error)}</Notice>}
        </>
      )}
      {isWrong && <Notice kind="warning">{t('This file holds no regions with properties.')}</Notice>}
    </>
  );
}
