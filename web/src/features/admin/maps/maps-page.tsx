// Maps of the site's own: regions that figures can be drawn on.
import { useState } from 'react';
import { errorText } from '../../../lib/error-text';
import { formatDateTime } from '../../../shared/format';
import { useI18n } from '../../../shared/i18n';
import { Badge, Button, type Column, ConfirmDialog, EmptyState, Loaded, Menu, PageHeader, showToast, Table } from '../../../ui';
import { MapDialog } from './map-dialog';
import { isSent, type MapDefinition, type MapDefinitions, ownMaps, withMap } from './own-maps';
import { useOwnMaps, useReadAgain, useSaveMaps } from './queries';

interface Line extends MapDefinition {
  key: string;
}

type Opened = { kind: 'new' } | { kind: 'edit' | 'remove'; line: Line } | null;

export function MapsPage() {
  const { t } = useI18n();
  const [opened, open] = useState<Opened>(null);

  return (
    <>
      <PageHeader
        title={t('Maps')}
        lead={t('Regions of your own, as a GeoJSON file: districts, catchment areas… Questions colour them by code or by name.')}
        actions={
          <Button look="primary" onPress={() => open({ kind: 'new' })}>
            {t('Add a map')}
          </Button>
        }
      />
      <Loaded query={useOwnMaps()}>
        {(maps) => (
          <>
            <MapTable maps={maps} onOpen={open} />
            {opened?.kind === 'new' && <MapDialog maps={maps} onClose={() => open(null)} />}
            {opened?.kind === 'edit' && <MapDialog maps={maps} line={opened.line} onClose={() => open(null)} />}
            {opened?.kind === 'remove' && <RemoveDialog maps={maps} line={opened.line} onClose={() => open(null)} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function MapTable({ maps, onOpen }: { maps: MapDefinitions; onOpen: (opened: Opened) => void }) {
  const { t, locale } = useI18n();
  const read = useReadAgain(() => showToast(t('The file was read again.')));
  const lines = ownMaps(maps).map(([key, map]): Line => ({ ...map, key }));
  const columns: Column<Line>[] = [
    { label: t('Name'), cell: ({ name }) => name },
    { label: t('File'), cell: ({ url }) => url.replace(/^sent:/, '') },
    { label: t('Code and name'), cell: ({ region_key, region_name }) => <code>{`${region_key}, ${region_name}`}</code> },
    { label: t('Read on'), cell: ({ read_at }) => (read_at ? formatDateTime(locale, read_at) : <Badge kind="warning">{t('Not read yet')}</Badge>) },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: (line) => (
        <Menu
          label={t('Actions for {name}', { name: line.name })}
          actions={[
            { id: 'edit', label: t('Edit'), onAction: () => onOpen({ kind: 'edit', line }) },
            ...(isSent(line) ? [] : [{ id: 'read', label: t('Read the file again'), onAction: () => read.mutate(line.key, { onError: (error) => showToast(errorText(t, error)) }) }]),
            { id: 'remove', label: t('Remove'), isDangerous: true, onAction: () => onOpen({ kind: 'remove', line }) },
          ]}
        />
      ),
    },
  ];

  if (!lines.length) return <EmptyState title={t('No map of your own yet')}>{t('Countries, regions and departments of France and states of the United States are always there.')}</EmptyState>;
  return <Table caption={t('Maps')} columns={columns} rows={lines} keyOf={({ key }) => key} />;
}

function RemoveDialog({ maps, line, onClose }: { maps: MapDefinitions; line: Line; onClose: () => void }) {
  const { t } = useI18n();
  const save = useSaveMaps(() => {
    onClose();
    showToast(t('Removed: {name}', { name: line.name }));
  });

  return (
    <ConfirmDialog title={t('Remove the map {name}?', { name: line.name })} confirmLabel={t('Remove')} error={save.error} isPending={save.isPending} onConfirm={() => save.mutate(withMap(maps, line.key, null))} onClose={onClose}>
      {t('Questions that are drawn on it say so then, until another map is chosen.')}
    </ConfirmDialog>
  );
}
