// Groups against databases, schemas and tables: one kind of right at a time.
import { useState } from 'react';
import type { Database, Group, Table } from '../../../api/types';
import { useDatabases } from '../../../lib/databases';
import { useI18n } from '../../../shared/i18n';
import { CellSelect, Choices, Disclosure, Loaded, Matrix, type MatrixRow, showToast, Toolbar } from '../../../ui';
import { administratorsId, everyoneId, groupName } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { type Changes, type DataGraph, graphOf, levelAt, mixed, type Place, placeKey, rank, type RightKind, rightKinds, tableWord, wholeWord, withTables } from './model';
import { type Graph, useDataGraph, useSaveGraph, useTables } from './queries';
import { SaveBar } from './save-bar';

export function DataRights() {
  const groups = useGroups();
  const databases = useDatabases();
  const graph = useDataGraph();

  return (
    <Loaded query={groups}>
      {(allGroups) => (
        <Loaded query={databases}>
          {(allDatabases) => <Loaded query={graph}>{(loaded) => <DataTable groups={allGroups.filter(({ id }) => id !== administratorsId)} databases={allDatabases} graph={loaded} />}</Loaded>}
        </Loaded>
      )}
    </Loaded>
  );
}

interface DataTableProps {
  groups: Group[];
  databases: Database[];
  graph: Graph<DataGraph>;
}

function DataTable({ groups, databases, graph }: DataTableProps) {
  const { t } = useI18n();
  const [kindId, setKindId] = useState(rightKinds[0]?.id ?? '');
  const [changes, setChanges] = useState<Changes>({});
  const [opened, open] = useState<number | null>(null);
  const save = useSaveGraph('data', () => {
    setChanges({});
    showToast(t('The rights are saved.'));
  });
  const kind = rightKinds.find(({ id }) => id === kindId) as RightKind;
  const tables = useTables(opened ?? 0, opened !== null && kind.isByTable).data;
  const line = useLine({ groups, graph: graph.groups, changes, kind, setChanges });
  const rows = databases.flatMap((database): MatrixRow[] => {
    const isOpen = opened === database.id && kind.isByTable;
    const head = kind.isByTable ? (
      <Disclosure isOpen={isOpen} label={t('Tables of {name}', { name: database.name })} onToggle={() => open(isOpen ? null : database.id)}>
        {database.name}
      </Disclosure>
    ) : (
      database.name
    );

    return [line.ofDatabase(database, head), ...(isOpen && tables ? line.ofTables(database, tables) : [])];
  });

  return (
    <>
      <Toolbar>
        <Choices isNarrow label={t('Kind of right')} choices={rightKinds.map(({ id, label }) => ({ id, label: t(label) }))} value={kindId} onChange={setKindId} />
      </Toolbar>
      <Matrix caption={t('Rights to data: {kind}', { kind: t(kind.label) })} corner={t('Database')} columns={groups.map((group) => groupName(t, group))} rows={rows} />
      <SaveBar
        count={Object.keys(changes).length}
        error={save.error}
        isPending={save.isPending}
        onSave={() => save.mutate({ revision: graph.revision, groups: graphOf(changes) })}
        onForget={() => {
          setChanges({});
          save.reset();
        }}
      />
    </>
  );
}

interface LineProps {
  groups: Group[];
  graph: DataGraph;
  changes: Changes;
  kind: RightKind;
  setChanges: (change: (before: Changes) => Changes) => void;
}

/** The lines of the table: one for a database, one for each schema, one for each table. */
function useLine({ groups, graph, changes, kind, setChanges }: LineProps) {
  const { t } = useI18n();
  const place = (group: number, database: number): Place => ({ group, database, kind });
  const level = (group: number, database: number) => levelAt(graph, changes, place(group, database));
  const words = (isForTables: boolean) => kind.words.filter((word) => !isForTables || word.isForTables).map(({ id, label }) => ({ id, label: t(label) }));
  const labelOf = (id: string) => t(kind.words.find((word) => word.id === id)?.label ?? '');
  const note = (group: number, own: string, everyone: string) =>
    group !== everyoneId && own !== mixed && everyone !== mixed && rank(kind, everyone) > rank(kind, own) ? t('Everyone: {word}', { word: labelOf(everyone) }) : undefined;

  function cells(what: string, database: number, wordOf: (group: number) => string, isForTables: boolean, onChoose: (group: number, word: string) => void) {
    return groups.map((group) => {
      const value = wordOf(group.id);
      const choices = value === mixed ? [{ id: mixed, label: t('By table') }, ...words(isForTables)] : words(isForTables);

      return (
        <CellSelect
          key={group.id}
          label={t('{group}, {place}', { group: groupName(t, group), place: what })}
          choices={choices}
          value={value}
          isChanged={changes[placeKey(place(group.id, database))] !== undefined}
          note={note(group.id, value, wordOf(everyoneId))}
          onChange={(word) => word !== mixed && onChoose(group.id, word)}
        />
      );
    });
  }

  const set = (group: number, database: number, wanted: Changes[string]) => setChanges((before) => ({ ...before, [placeKey(place(group, database))]: wanted }));
  const setTables = (group: number, database: number, all: Table[], chosen: Table[], word: string) =>
    set(group, database, withTables(level(group, database), kind, all, chosen.map(({ id }) => id), word));
  const together = (group: number, database: number, tables: Table[]) => {
    const found = new Set(tables.map((table) => tableWord(level(group, database), kind, table)));
    return found.size === 1 ? ([...found][0] ?? mixed) : mixed;
  };

  function ofTable(database: Database, all: Table[], table: Table, depth: number): MatrixRow {
    const wordOf = (group: number) => tableWord(level(group, database.id), kind, table);

    return { key: `table${table.id}`, depth, head: table.display_name, cells: cells(table.display_name, database.id, wordOf, true, (group, word) => setTables(group, database.id, all, [table], word)) };
  }

  return {
    ofDatabase: (database: Database, head: MatrixRow['head']): MatrixRow => ({
      key: `database${database.id}`,
      depth: 0,
      head,
      cells: cells(database.name, database.id, (group) => wholeWord(level(group, database.id), kind), false, (group, word) => set(group, database.id, word)),
    }),
    ofTables: (database: Database, tables: Table[]): MatrixRow[] => {
      const schemas = [...new Set(tables.map(({ schema }) => schema ?? ''))].sort();
      const isFlat = schemas.length < 2;

      return schemas.flatMap((schema) => {
        const inside = tables.filter((table) => (table.schema ?? '') === schema).sort((a, b) => a.display_name.localeCompare(b.display_name));
        const rows = inside.map((table) => ofTable(database, tables, table, isFlat ? 1 : 2));
        if (isFlat) return rows;
        const wordOf = (group: number) => together(group, database.id, inside);
        const head = { key: `schema${schema}`, depth: 1, head: schema, cells: cells(schema, database.id, wordOf, true, (group, word) => setTables(group, database.id, tables, inside, word)) };
        return [head, ...rows];
      });
    },
  };
}
