// Invites someone, or changes what an account says and may do.
import type { User } from '../../../api/types';
import { useUser } from '../../../lib/session';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Dialog, Form, type FormValues, TextArea, TextField } from '../../../ui';
import { administratorsId, everyoneId, isFixed } from '../groups/group-names';
import { useGroups } from '../groups/queries';
import { attributesFrom, attributesText } from './attributes';
import { type Invitation, type Person, useInvite, useSavePerson } from './queries';
import styles from './people.module.css';

interface PersonDialogProps {
  /** Nobody yet when inviting. */
  user?: User;
  onClose: () => void;
  onInvited: (invitation: Invitation) => void;
  onSaved: () => void;
}

export function PersonDialog({ user, onClose, onInvited, onSaved }: PersonDialogProps) {
  const { t } = useI18n();
  const invite = useInvite(onInvited);
  const save = useSavePerson(onSaved);
  const change = user ? save : invite;

  function submit(values: FormValues) {
    const person = personFrom(values);
    const is_superuser = values.administrator === 'true';

    if (user) save.mutate({ id: user.id, ...person, is_superuser });
    else invite.mutate(person);
  }

  return (
    <Dialog title={user ? t('Edit {name}', { name: user.common_name }) : t('Invite someone')} onClose={onClose}>
      <Form
        submitLabel={user ? t('Save') : t('Invite')}
        error={change.error}
        isPending={change.isPending}
        onSubmit={submit}
      >
        <TextField
          name="email"
          type="email"
          label={t('E-mail address')}
          defaultValue={user?.email ?? ''}
          isRequired
          autoFocus
          autoComplete="off"
        />
        <div className={styles.names}>
          <TextField name="first_name" label={t('First name')} defaultValue={user?.first_name ?? ''} />
          <TextField name="last_name" label={t('Last name')} defaultValue={user?.last_name ?? ''} />
        </div>
        <Rights {...(user && { user })} />
        <TextArea name="attributes" label={t('Attributes')} rows={2} defaultValue={attributesText(user?.login_attributes)} hint={t('One a line, for instance: region = Bretagne. Rules on rows compare with them.')} />
      </Form>
    </Dialog>
  );
}

function Rights({ user }: { user?: User }) {
  const { t } = useI18n();
  const me = useUser();
  const isMe = user?.id === me.id;
  const groups = (useGroups().data ?? []).filter((group) => !isFixed(group));
  const mine = new Set(user?.user_group_memberships?.map(({ id }) => id));

  return (
    <fieldset className={styles.groups}>
      <legend>{t('Rights')}</legend>
      {!isMe && (
        <Checkbox
          name="administrator"
          defaultSelected={user?.is_superuser ?? false}
          hint={t('Sees everything, changes the settings, invites people.')}
        >
          {t('Administrator')}
        </Checkbox>
      )}
      {isMe && <input type="hidden" name="administrator" value="true" />}
      {groups.map(({ id, name }) => (
        <Checkbox key={id} name={`group-${id}`} defaultSelected={mine.has(id)}>
          {name}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function personFrom({ email = '', first_name, last_name, administrator, attributes = '', ...others }: FormValues): Person {
  const chosen = Object.keys(others)
    .map((name) => Number(/^group-(\d+)$/.exec(name)?.[1]))
    .filter((id) => id > 0);
  const ids = [everyoneId, ...(administrator === 'true' ? [administratorsId] : []), ...chosen];

  return {
    email,
    first_name: first_name || null,
    last_name: last_name || null,
    user_group_memberships: ids.map((id) => ({ id })),
    login_attributes: attributesFrom(attributes),
  };
}
