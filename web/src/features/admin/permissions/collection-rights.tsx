// Groups against collections: who sees and who changes what is kept there.
import { useState } from 'react';
import type { Group } from '../../../api/types';
import type { CollectionTree } from '../../../lib/question-types';
import { msg, useI18n } from '../../../shared/i18n';
import { CellSelect, Checkbox, Loaded, Matrix, showToast, Toolbar } from '../../../ui';
import { administratorsId, everyoneId, groupName } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { type CollectionGraph, type Graph, useCollectionGraph, useSaveGraph, useSharedCollections } from './queries';
import { SaveBar } from './save-bar';

const words = [
  { id: 'write', label: msg('Change') },
  { id: 'read', label: msg('See') },
  { id: 'none', label: msg('Nothing') },
];

interface Line {
  id: string;
  name: string;
  depth: number;
  /** The collections inside, however deep. */
  inside: string[];
}

const idsOf = (tree: CollectionTree[]): string[] => tree.flatMap(({ id, children }) => [String(id), ...idsOf(children)]);

const linesOf = (tree: CollectionTree[], depth: number): Line[] =>
  tree
    .filter(({ personal_owner_id }) => !personal_owner_id)
    .flatMap(({ id, name, children }) => [{ id: String(id), name, depth, inside: idsOf(children) }, ...linesOf(children, depth + 1)]);

const deepest = 3;

export function CollectionRights() {
  const groups = useGroups();
  const collections = useSharedCollections();
  const graph = useCollectionGraph();

  return (
    <Loaded query={groups}>
      {(allGroups) => (
        <Loaded query={collections}>
          {(tree) => <Loaded query={graph}>{(loaded) => <CollectionTable groups={allGroups.filter(({ id }) => id !== administratorsId)} tree={tree} graph={loaded} />}</Loaded>}
        </Loaded>
      )}
    </Loaded>
  );
}

function CollectionTable({ groups, tree, graph }: { groups: Group[]; tree: CollectionTree[]; graph: Graph<CollectionGraph> }) {
  const { t } = useI18n();
  const [changes, setChanges] = useState<CollectionGraph>({});
  const [isDeep, setDeep] = useState(true);
  const save = useSaveGraph('collection', () => {
    setChanges({});
    showToast(t('The rights are saved.'));
  });
  const lines: Line[] = [{ id: 'root', name: t('Shared space'), depth: 0, inside: [] }, ...linesOf(tree, 1)];
  const word = (group: number, id: string) => changes[group]?.[id] ?? graph.groups[group]?.[id] ?? 'none';
  const rankOf = (id: string) => words.length - words.findIndex((one) => one.id === id);
  const count = Object.values(changes).reduce((sum, places) => sum + Object.keys(places).length, 0);

  function choose(group: number, line: Line, wanted: string) {
    const ids = isDeep ? [line.id, ...line.inside] : [line.id];
    const chosen = Object.fromEntries(ids.map((id) => [id, wanted]));
    setChanges((before) => ({ ...before, [group]: { ...before[group], ...chosen } }));
  }

  const rows = lines.map((line) => ({
    key: line.id,
    depth: Math.min(line.depth, deepest),
    head: line.name,
    cells: groups.map((group) => {
      const own = word(group.id, line.id);
      const everyone = word(everyoneId, line.id);
      const isLess = group.id !== everyoneId && rankOf(everyone) > rankOf(own);

      return (
        <CellSelect
          key={group.id}
          label={t('{group}, {place}', { group: groupName(t, group), place: line.name })}
          choices={words.map(({ id, label }) => ({ id, label: t(label) }))}
          value={own}
          isChanged={changes[group.id]?.[line.id] !== undefined}
          note={isLess ? t('Everyone: {word}', { word: t(words.find(({ id }) => id === everyone)?.label ?? '') }) : undefined}
          onChange={(wanted) => choose(group.id, line, wanted)}
        />
      );
    }),
  }));

  return (
    <>
      <Toolbar>
        <Checkbox isSelected={isDeep} onChange={setDeep}>
          {t('A change also holds for the collections inside')}
        </Checkbox>
      </Toolbar>
      <Matrix caption={t('Rights to collections')} corner={t('Collection')} columns={groups.map((group) => groupName(t, group))} rows={rows} />
      <SaveBar
        count={count}
        error={save.error}
        isPending={save.isPending}
        onSave={() => save.mutate({ revision: graph.revision, groups: changes })}
        onForget={() => {
          setChanges({});
          save.reset();
        }}
      />
    </>
  );
}
