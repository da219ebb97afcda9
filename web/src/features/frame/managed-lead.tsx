// What stands under a title, and that files of a repository alone change it.
import { useI18n } from '../../shared/i18n';
import { Badge } from '../../ui';

interface ManagedLeadProps {
  isManaged: boolean | undefined;
  description: string | null | undefined;
}

export function ManagedLead({ isManaged, description }: ManagedLeadProps) {
  const { t } = useI18n();

  if (!isManaged) return description;
  return (
    <>
      <Badge>{t('Managed by a repository')}</Badge> {description || t('Every change goes through the files of the repository.')}
    </>
  );
}
