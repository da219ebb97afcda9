// What became of an invitation. Without e-mail, the administrator hands the link over.
import { useI18n } from '../../../shared/i18n';
import { Button, CopyText, Dialog, Notice } from '../../../ui';
import type { Invitation } from './queries';

export function InvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useI18n();
  const { email, url } = invitation;

  return (
    <Dialog title={url ? t('A link to hand over') : t('Invitation sent')} onClose={onClose}>
      {url ? (
        <>
          <p>
            {t('This site cannot send e-mail, so give this link to {email} yourself, in a private message.', { email })}
          </p>
          <CopyText label={t('Link')} text={url} />
          <Notice>{t('It works once, for a few days. You will not see it again, but you can make another one.')}</Notice>
        </>
      ) : (
        <p>{t('{email} will receive a link to choose a password.', { email })}</p>
      )}
      <div>
        <Button look="primary" onPress={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  );
}
