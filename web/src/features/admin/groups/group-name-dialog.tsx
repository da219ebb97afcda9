// Asks for the name of a group, new or old.
import { useI18n } from '../../../shared/i18n';
import { Dialog, Form, TextField } from '../../../ui';

interface GroupNameDialogProps {
  title: string;
  submitLabel: string;
  name?: string;
  change: { mutate: (name: string) => void; error: unknown; isPending: boolean };
  onClose: () => void;
}

export function GroupNameDialog({ title, submitLabel, name = '', change, onClose }: GroupNameDialogProps) {
  const { t } = useI18n();

  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        submitLabel={submitLabel}
        error={change.error}
        isPending={change.isPending}
        onSubmit={(values) => change.mutate(values.name ?? '')}
      >
        <TextField name="name" label={t('Name of the group')} defaultValue={name} isRequired autoFocus maxLength={254} />
      </Form>
    </Dialog>
  );
}
