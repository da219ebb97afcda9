// Dashboards as files: out as an archive, and back, once it was seen what that does.
import { useState } from 'react';
import { Link } from 'wouter';
import { useCollectionChoices, useCollectionTree } from '../../../lib/collections';
import { errorText } from '../../../lib/error-text';
import type { CollectionTree } from '../../../lib/question-types';
import { site } from '../../../lib/site';
import { useI18n } from '../../../shared/i18n';
import { Button, ButtonAnchor, Checkbox, type Column, FileField, Notice, PageHeader, Section, Select, showToast, Spinner, Table } from '../../../ui';
import { PlanView } from './plan-view';
import { type Plan, useApply, useLook, useRelease } from './queries';

export function FilesPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader title={t('Content as files')} lead={t('Collections, questions and dashboards as small readable files, to keep in git, to compare, to bring to another site. No file holds passwords, rights or public links.')} />
      <Download />
      <BringIn />
      <Managed />
    </>
  );
}

function Download() {
  const { t } = useI18n();
  const [collection, choose] = useState('all');
  const choices = useCollectionChoices().filter(({ id }) => id !== 'root');

  return (
    <Section title={t('Download')} lead={t('A ZIP archive: a file for each thing. The same content always gives the same files.')}>
      <Select label={t('What')} choices={[{ id: 'all', label: t('Everything but personal collections') }, ...choices]} value={collection} onChange={choose} />
      <div>
        <ButtonAnchor href={`${site.base}/api/vigie/content/files${collection === 'all' ? '' : `?collection=${collection}`}`}>{t('Download the files')}</ButtonAnchor>
      </div>
    </Section>
  );
}

function BringIn() {
  const { t } = useI18n();
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState({ prune: false, manage: false });
  const look = useLook();
  const apply = useApply(() => {
    look.reset();
    showToast(t('Done: everything is as the files say. The history of each question and dashboard keeps what was before.'));
  });
  const examine = (chosen: File | null, wanted: typeof choices) => {
    setFile(chosen);
    setChoices(wanted);
    apply.reset();
    look.reset();
    if (chosen) look.mutate({ file: chosen, ...wanted });
  };
  const error = look.error ?? apply.error;

  return (
    <Section title={t('Bring in')} lead={t('Choose an archive, or drop it on the field: you see first what it would change. Things are found by their entity_id, whatever they are called and wherever they lie.')}>
      <FileField label={t('ZIP archive')} hint={t('An export of this page or of the command line, a copy of a git repository, an export of Metabase packed as ZIP.')} accept=".zip,application/zip" onChoose={(chosen) => examine(chosen, choices)} />
      <Checkbox isSelected={choices.prune} hint={t('Only in collections of the archive. Otherwise it stays as it is.')} onChange={(prune) => examine(file, { ...choices, prune })}>
        {t('Put into the trash what has no file')}
      </Checkbox>
      <Checkbox isSelected={choices.manage} hint={t('From then on, everybody only reads the collections of the archive, administrators too: their files are changed, and brought in again. They can be released below.')} onChange={(manage) => examine(file, { ...choices, manage })}>
        {t('These collections are managed by a repository')}
      </Checkbox>
      {look.isPending && <Spinner />}
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
      {look.data && <PlanView plan={look.data} />}
      {look.data && file && canApply(look.data) && (
        <div>
          <Button look="primary" isPending={apply.isPending} onPress={() => apply.mutate({ file, ...choices })}>
            {t('Apply')}
          </Button>
        </div>
      )}
    </Section>
  );
}

const canApply = ({ problems, steps, managed }: Plan) => problems.length === 0 && steps.length + managed > 0;

/** Those that files alone change; what lies in one goes along with it. */
function Managed() {
  const { t } = useI18n();
  const managed = topManaged(useCollectionTree().data ?? []);
  const release = useRelease(() => showToast(t('People may change it again.')));
  const columns: Column<CollectionTree>[] = [
    { label: t('Collection'), cell: ({ id, name }) => <Link href={`/collection/${id}`}>{name}</Link> },
    {
      label: t('Actions'),
      kind: 'actions',
      cell: ({ id, name }) => (
        <Button look="quiet" label={t('Release {name}', { name })} isPending={release.isPending} onPress={() => release.mutate(id)}>
          {t('Release')}
        </Button>
      ),
    },
  ];

  if (!managed.length) return null;
  return (
    <Section title={t('Managed by a repository')} lead={t('Everybody reads these collections; their files are changed in a repository and brought in. Released, people change them again.')}>
      <Table caption={t('Managed by a repository')} columns={columns} rows={managed} keyOf={({ id }) => id} />
      {Boolean(release.error) && <Notice kind="danger">{errorText(t, release.error)}</Notice>}
    </Section>
  );
}

const topManaged = (tree: CollectionTree[]): CollectionTree[] => tree.flatMap((one) => (one.is_remote_synced ? [one] : topManaged(one.children)));
