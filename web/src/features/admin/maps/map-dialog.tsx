// One map: its file, and which properties of a region are its code and its name; with a look at it.
import { useState } from 'react';
import { errorText } from '../../../lib/error-text';
import { outlineOf, propertiesOf } from '../../../shared/charts';
import { useI18n } from '../../../shared/i18n';
import { Button, Dialog, Form, Notice, Select, showToast, Spinner, TextField } from '../../../ui';
import { keyFor, likely, type MapDefinition, type MapDefinitions, withMap } from './own-maps';
import { useGeojson, useSaveMaps } from './queries';
import styles from './maps.module.css';

interface MapDialogProps {
  maps: MapDefinitions;
  line?: MapDefinition & { key: string };
  onClose: () => void;
}

export function MapDialog({ maps, line, onClose }: MapDialogProps) {
  const { t } = useI18n();
  const [url, setUrl] = useState(line?.url ?? '');
  const [looked, look] = useState<{ key?: string; url: string } | null>(line ? { key: line.key, url: line.url } : null);
  const file = useGeojson(looked);
  const properties = propertiesOf(file.data);
  const [code, setCode] = useState(line?.region_key);
  const [label, setLabel] = useState(line?.region_name);
  const isSeen = looked?.url === url && properties.length > 0;
  const [regionKey, regionName] = [code ?? likely(properties, 'key') ?? '', label ?? likely(properties, 'name') ?? ''];
  const save = useSaveMaps(() => {
    onClose();
    showToast(t('The changes are saved.'));
  });

  function submit(name: string) {
    const map = { name: name.trim(), url, region_key: regionKey, region_name: regionName };
    save.mutate(withMap(maps, line?.key ?? keyFor(map.name, Object.keys(maps)), map));
  }

  return (
    <Dialog isWide title={line ? t('Map {name}', { name: line.name }) : t('Add a map')} onClose={onClose}>
      <Form submitLabel={t('Save')} isUnchanged={!isSeen} error={save.error} isPending={save.isPending} onSubmit={({ name = '' }) => submit(name)}>
        <TextField name="name" label={t('Name')} isRequired autoFocus defaultValue={line?.name ?? ''} maxLength={254} />
        <TextField label={t('Address of the file')} isRequired type="url" value={url} placeholder="https://" hint={t('GeoJSON over https. The server fetches it once, and keeps it: readers ask nobody else.')} onChange={setUrl} />
        <div>
          <Button isDisabled={!url.startsWith('https://')} isPending={file.isFetching} onPress={() => look({ url })}>
            {t('Look at the file')}
          </Button>
        </div>
        {file.isFetching && <Spinner />}
        {file.error && <Notice kind="danger">{errorText(t, file.error)}</Notice>}
        {file.isSuccess && !properties.length && <Notice kind="warning">{t('This file holds no regions with properties.')}</Notice>}
        {isSeen && (
          <>
            <PropertySelect label={t('Code of a region')} properties={properties} value={regionKey} onChange={setCode} />
            <PropertySelect label={t('Name of a region')} properties={properties} value={regionName} onChange={setLabel} />
            <Preview geojson={file.data} regionKey={regionKey} regionName={regionName} />
          </>
        )}
      </Form>
    </Dialog>
  );
}

interface PropertySelectProps {
  label: string;
  properties: string[];
  value: string;
  onChange: (property: string) => void;
}

const PropertySelect = ({ label, properties, value, onChange }: PropertySelectProps) => (
  <Select label={label} isSearchable={properties.length > 8} choices={properties.map((id) => ({ id, label: id }))} value={value} onChange={onChange} />
);

const mostNamed = 4;

function Preview({ geojson, regionKey, regionName }: { geojson: unknown; regionKey: string; regionName: string }) {
  const { t, locale } = useI18n();
  const outline = outlineOf({ ...(geojson as object), region_key: regionKey, region_name: regionName }, locale);
  const names = outline?.areas.slice(0, mostNamed).map(({ key, label }) => (key === label ? key : `${key} ${label}`)) ?? [];

  if (!outline) return <Notice kind="warning">{t('No region has a code in this property.')}</Notice>;
  return (
    <figure className={styles.preview}>
      <svg viewBox={outline.viewBox} role="img" aria-label={t('Outline of the map')}>
        {outline.areas.map(({ key, path }) => (
          <path key={key} d={path} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      <figcaption>
        {t('{count, plural, one {# region} other {# regions}}: {names}', { count: outline.areas.length, names: names.join(', ') + (outline.areas.length > mostNamed ? '…' : '') })}
      </figcaption>
    </figure>
  );
}
