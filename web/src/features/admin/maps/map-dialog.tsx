// One map: its file, and which properties of a region are its code and its name; with a look at it.
import { useState } from 'react';
import { outlineOf, propertiesOf } from '../../../shared/charts';
import { useI18n } from '../../../shared/i18n';
import { Dialog, Form, Notice, Select, showToast, TextField } from '../../../ui';
import { type Kept, SourceFields, useSource } from './map-source';
import { keyFor, likely, type MapDefinitions, withMap } from './own-maps';
import { useSaveMaps, useSendMap } from './queries';
import styles from './maps.module.css';

interface MapDialogProps {
  maps: MapDefinitions;
  line?: Kept;
  onClose: () => void;
}

export function MapDialog({ maps, line, onClose }: MapDialogProps) {
  const { t } = useI18n();
  const source = useSource(line);
  const { found } = source;
  const properties = propertiesOf(found?.geojson);
  const [code, setCode] = useState(line?.region_key);
  const [label, setLabel] = useState(line?.region_name);
  const inFile = (property: string | undefined) => (property !== undefined && properties.includes(property) ? property : undefined);
  const [regionKey, regionName] = [inFile(code) ?? likely(properties, 'key') ?? '', inFile(label) ?? likely(properties, 'name') ?? ''];
  const done = () => {
    onClose();
    showToast(t('The changes are saved.'));
  };
  const save = useSaveMaps(done);
  const send = useSendMap(done);

  function submit(name: string) {
    const key = line?.key ?? keyFor(name.trim(), Object.keys(maps));
    const map = { name: name.trim(), url: found?.url ?? '', region_key: regionKey, region_name: regionName };

    if (found?.file) send.mutate({ key, map, file: found.file });
    else save.mutate(withMap(maps, key, map));
  }

  return (
    <Dialog isWide title={line ? t('Map {name}', { name: line.name }) : t('Add a map')} onClose={onClose}>
      <Form submitLabel={t('Save')} isUnchanged={!properties.length} error={save.error ?? send.error} isPending={save.isPending || send.isPending} onSubmit={({ name = '' }) => submit(name)}>
        <TextField name="name" label={t('Name')} isRequired autoFocus defaultValue={line?.name ?? ''} maxLength={254} />
        <SourceFields {...source} />
        {found && properties.length > 0 && (
          <>
            <PropertySelect label={t('Code of a region')} properties={properties} value={regionKey} onChange={setCode} />
            <PropertySelect label={t('Name of a region')} properties={properties} value={regionName} onChange={setLabel} />
            <Preview geojson={found.geojson} regionKey={regionKey} regionName={regionName} />
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
