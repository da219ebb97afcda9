// Texts of the site that stand in many questions: `{{snippet: name}}`. Put in, made, changed here; in folders.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post, put } from '../../../api/client';
import { useI18n } from '../../../shared/i18n';
import { Button, Dialog, Form, IconPlus, Loaded, Picker, Popover, Select, TextArea, TextField } from '../../../ui';
import styles from './sql.module.css';

export interface Snippet {
  id: number;
  name: string;
  content: string;
  description: string | null;
  collection_id: number | null;
  archived: boolean;
}

interface Folder {
  id: number | 'root';
  name: string;
}

const key = ['snippets'] as const;

export const useSnippets = () => useQuery({ queryKey: key, queryFn: () => get<Snippet[]>('/api/native-query-snippet') });

const useFolders = () => useQuery({ queryKey: [...key, 'folders'], queryFn: () => get<Folder[]>('/api/collection', { namespace: 'snippets' }) });

function useSnippetSaving() {
  const client = useQueryClient();

  return useMutation({
    mutationFn: ({ id, ...snippet }: Partial<Snippet>) => (id ? put<Snippet>(`/api/native-query-snippet/${id}`, snippet) : post<Snippet>('/api/native-query-snippet', snippet)),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

type Opened = { kind: 'new'; content: string } | { kind: 'edit'; snippet: Snippet } | null;

interface SnippetsProps {
  /** What is selected in the editor: the beginning of a new one. */
  selection: () => string;
  onInsert: (text: string) => void;
}

export function Snippets({ selection, onInsert }: SnippetsProps) {
  const { t } = useI18n();
  const [opened, open] = useState<Opened>(null);

  return (
    <>
      <Popover look="plain" label={t('Snippets')} trigger={t('Snippets')}>
        {(close) => (
          <SnippetList
            onInsert={(name) => {
              close();
              onInsert(`{{snippet: ${name}}}`);
            }}
            onOpen={(next) => {
              close();
              open(next ?? { kind: 'new', content: selection() });
            }}
          />
        )}
      </Popover>
      {opened && (
        <SnippetDialog
          opened={opened}
          onClose={() => open(null)}
          onSaved={({ name }) => {
            if (opened.kind === 'new') onInsert(`{{snippet: ${name}}}`);
            open(null);
          }}
        />
      )}
    </>
  );
}

function SnippetList({ onInsert, onOpen }: { onInsert: (name: string) => void; onOpen: (opened: Opened) => void }) {
  const { t } = useI18n();
  const folders = useFolders().data ?? [];
  const nameOf = (id: number | null) => folders.find((folder) => folder.id === id)?.name ?? t('Without a folder');

  return (
    <Loaded query={useSnippets()}>
      {(snippets) => {
        const places = [...new Set(snippets.map(({ collection_id }) => collection_id))];
        const groups = places.map((place) => ({
          label: nameOf(place),
          items: snippets.filter(({ collection_id }) => collection_id === place).map(({ id, name, description }) => ({ id: `put ${id}`, label: name, ...(description && { detail: description }) })),
        }));
        const edits = { label: t('Change'), items: snippets.map(({ id, name }) => ({ id: `edit ${id}`, label: t('Change {name}', { name }) })) };
        const find = (id: string) => snippets.find((one) => one.id === Number(id.split(' ')[1]));

        return (
          <>
            {snippets.length > 0 ? (
              <Picker
                label={t('Snippets')}
                groups={[...groups, edits]}
                onPick={(id) => {
                  const snippet = find(id);
                  if (snippet) id.startsWith('put') ? onInsert(snippet.name) : onOpen({ kind: 'edit', snippet });
                }}
              />
            ) : (
              <p className={styles.none}>{t('A snippet is a piece of SQL that many questions share. Change it once, and all of them follow.')}</p>
            )}
            <p className={styles.foot}>
              <Button look="quiet" onPress={() => onOpen(null)}>
                <IconPlus />
                {t('Create a snippet')}
              </Button>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

interface SnippetDialogProps {
  opened: NonNullable<Opened>;
  onClose: () => void;
  onSaved: (snippet: Snippet) => void;
}

function SnippetDialog({ opened, onClose, onSaved }: SnippetDialogProps) {
  const { t } = useI18n();
  const saving = useSnippetSaving();
  const known = opened.kind === 'edit' ? opened.snippet : null;
  const [place, setPlace] = useState(known?.collection_id ?? null);
  const folders = useFolders().data ?? [];
  const choices = [{ id: 'root', label: t('Without a folder') }, ...folders.filter(({ id }) => id !== 'root').map(({ id, name }) => ({ id: String(id), label: name }))];

  async function save(change: Partial<Snippet>) {
    const saved = await saving.mutateAsync({ ...(known && { id: known.id }), ...change }).catch(() => null);
    if (saved) onSaved(saved);
  }

  return (
    <Dialog title={known ? known.name : t('New snippet')} onClose={onClose}>
      <Form
        submitLabel={t('Save')}
        error={saving.error}
        isPending={saving.isPending}
        onSubmit={(values) => void save({ name: values.name ?? '', content: values.content ?? '', description: values.description || null, collection_id: place })}
      >
        <TextArea name="content" label={t('Piece of SQL')} rows={6} defaultValue={known?.content ?? (opened.kind === 'new' ? opened.content : '')} />
        <TextField name="name" label={t('Name')} isRequired defaultValue={known?.name ?? ''} maxLength={254} hint={known ? t('Questions call it by this name: change them too.') : undefined} />
        <TextField name="description" label={t('Description')} defaultValue={known?.description ?? ''} />
        {choices.length > 1 && <Select label={t('Folder')} choices={choices} value={place === null ? 'root' : String(place)} onChange={(id) => setPlace(id === 'root' ? null : Number(id))} />}
      </Form>
      {known && (
        <p>
          <Button look="quiet" onPress={() => void save({ archived: true })}>
            {t('Put it away')}
          </Button>
        </p>
      )}
    </Dialog>
  );
}
