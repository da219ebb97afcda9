// Dashboards as files: out as an archive, and back, once it was seen what that does.
import { useState } from 'react';
import { useCollectionChoices } from '../../../lib/collections';
import { errorText } from '../../../lib/error-text';
import { site } from '../../../lib/site';
import { useI18n } from '../../../shared/i18n';
import { Button, ButtonAnchor, Checkbox, FileField, Notice, PageHeader, Section, Select, showToast, Spinner } from '../../../ui';
import { PlanView } from './plan-view';
import { type Plan, useApply, useLook } from './queries';

export function FilesPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader title={t('Content as files')} lead={t('Collections, questions and dashboards as small readable files, to keep in git, to compare, to bring to another site. No file holds passwords, rights or public links.')} />
      <Download />
      <BringIn />
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
  const [prune, setPrune] = useState(false);
  const look = useLook();
  const apply = useApply(() => {
    look.reset();
    showToast(t('Done: everything is as the files say. The history of each question and dashboard keeps what was before.'));
  });
  const examine = (chosen: File | null, withPrune: boolean) => {
    setFile(chosen);
    setPrune(withPrune);
    apply.reset();
    look.reset();
    if (chosen) look.mutate({ file: chosen, prune: withPrune });
  };
  const error = look.error ?? apply.error;

  return (
    <Section title={t('Bring in')} lead={t('Choose an archive, or drop it on the field: you see first what it would change. Things are found by their entity_id, whatever they are called and wherever they lie.')}>
      <FileField label={t('ZIP archive')} hint={t('An export of this page or of the command line, a copy of a git repository, an export of Metabase packed as ZIP.')} accept=".zip,application/zip" onChoose={(chosen) => examine(chosen, prune)} />
      <Checkbox isSelected={prune} hint={t('Only in collections of the archive. Otherwise it stays as it is.')} onChange={(isSelected) => examine(file, isSelected)}>
        {t('Put into the trash what has no file')}
      </Checkbox>
      {look.isPending && <Spinner />}
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
      {look.data && <PlanView plan={look.data} />}
      {look.data && file && canApply(look.data) && (
        <div>
          <Button look="primary" isPending={apply.isPending} onPress={() => apply.mutate({ file, prune })}>
            {t('Apply')}
          </Button>
        </div>
      )}
    </Section>
  );
}

const canApply = ({ problems, steps }: Plan) => problems.length === 0 && steps.length > 0;
