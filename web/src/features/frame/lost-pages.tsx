// Pages for those who went astray.
import { useI18n } from '../../shared/i18n';
import { ButtonLink, PageHeader } from '../../ui';

export function NotFoundPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader
        title={t('This page does not exist')}
        lead={t('The address may be incomplete, or what was here has been removed.')}
      />
      <ButtonLink look="primary" href="/">
        {t('Go to the home page')}
      </ButtonLink>
    </>
  );
}

export function NoRightPage() {
  const { t } = useI18n();

  return (
    <>
      <PageHeader
        title={t('This page is for administrators')}
        lead={t('If you need something here, ask an administrator: they can do it for you or give you the right.')}
      />
      <ButtonLink look="primary" href="/">
        {t('Go to the home page')}
      </ButtonLink>
    </>
  );
}
