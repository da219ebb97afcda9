// One panel to publish: who may see it, which filters they may turn, and what to copy.
import { useState } from 'react';
import { errorText } from '../../lib/error-text';
import { useProperties } from '../../lib/session';
import { useI18n } from '../../shared/i18n';
import { Button, Choices, CopyText, Dialog, Loaded, Notice } from '../../ui';
import { Check, CheckSummary } from './check';
import { LimitsForm } from './limits-form';
import { lookHash, plainLook } from './look';
import { LookFields } from './look-fields';
import { Preview, PrivatePreview } from './preview';
import { type Kind, type PreviewOf, usePublish, usePublished, useWithdraw } from './queries';
import { origin, type Shared, type SharedParameter } from './shared';
import { SignedFrame } from './signed-frame';
import { frameCode } from './snippets';
import { SwitchedOff } from './switched-off';
import { TabField } from './tab-field';
import { Visits } from './visits';
import styles from './sharing.module.css';

interface SharePanelProps {
  kind: Kind;
  item: Shared;
  parameters: SharedParameter[];
  onClose: () => void;
}

export function SharePanel(props: SharePanelProps) {
  const { t } = useI18n();
  const [way, setWay] = useState('link');

  return (
    <Dialog isWide title={t('Share: {name}', { name: props.item.name })} onClose={props.onClose}>
      <Choices
        isNarrow
        label={t('How to share')}
        choices={[
          { id: 'link', label: t('Public link') },
          { id: 'frame', label: t('Signed frame') },
          { id: 'limits', label: t('Limits') },
          { id: 'check', label: t('Check') },
          { id: 'visits', label: t('Visits') },
        ]}
        value={way}
        onChange={setWay}
      />
      {way === 'link' && <PublicLink {...props} onCheck={() => setWay('check')} />}
      {way === 'frame' && <SignedFrame {...props} />}
      {way === 'limits' && <LimitsOf {...props} />}
      {way === 'check' && <Check kind={props.kind} id={props.item.id} />}
      {way === 'visits' && <Visits kind={props.kind} id={props.item.id} />}
    </Dialog>
  );
}

function LimitsOf({ kind, item }: SharePanelProps) {
  const { t } = useI18n();

  return (
    <Loaded query={usePublished()}>
      {(list) => {
        const found = list.find(({ model, id }) => model === kind && id === item.id);
        return found ? <LimitsForm key={String(found.has_password)} item={found} tabs={item.tabs} onSaved={() => {}} /> : <p>{t('Make a public link or allow frames first: limits are those of what is published.')}</p>;
      }}
    </Loaded>
  );
}

/** Readers of a link may turn every filter. */
const allOpen = (parameters: readonly SharedParameter[]): PreviewOf => ({ embedding_params: Object.fromEntries(parameters.map(({ slug }) => [slug, 'enabled'])), params: {} });

function PublicLink({ kind, item, parameters, onCheck }: SharePanelProps & { onCheck: () => void }) {
  const { t } = useI18n();
  const [look, setLook] = useState(plainLook);
  const publish = usePublish(kind, item.id);
  const withdraw = useWithdraw(kind, item.id);
  const isAllowed = useProperties().data?.['enable-public-sharing'] !== false;
  const uuid = publish.data?.uuid ?? item.public_uuid;
  const page = kind === 'card' ? 'question' : 'dashboard';
  const error = publish.error ?? withdraw.error;

  if (!isAllowed) return <SwitchedOff setting="enable-public-sharing">{t('Public links are switched off for this site, in the settings.')}</SwitchedOff>;
  if (!uuid || (withdraw.isSuccess && !item.public_uuid)) {
    return (
      <>
        <p>{t('Anyone with the link will see it, without signing in, with the data of the moment.')}</p>
        <CheckSummary kind={kind} id={item.id} onOpen={onCheck} />
        {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
        <p>
          <Button look="primary" isPending={publish.isPending} onPress={() => publish.mutate(undefined)}>
            {t('Make a public link')}
          </Button>
        </p>
        <PrivatePreview kind={kind} item={item} of={allOpen(parameters)} look={look} />
      </>
    );
  }

  const address = `${origin()}/public/${page}/${uuid}`;
  const link = look.tab === null ? address : `${address}?tab=${look.tab}`;
  return (
    <>
      <TabField item={item} look={look} onChange={setLook} />
      <CopyText label={t('Public link')} text={link} />
      <LookFields look={look} onChange={setLook} />
      <CopyText label={t('Code of a frame')} text={frameCode(origin(), address + lookHash(look), item.name)} />
      <div className={styles.views}>
        <a href={link} target="_blank" rel="noreferrer">
          {t('Open the public page')}
        </a>
      </div>
      <Preview title={item.name} address={address} look={look} />
      {Boolean(error) && <Notice kind="danger">{errorText(t, error)}</Notice>}
      <p>
        <Button look="danger" isPending={withdraw.isPending} onPress={() => withdraw.mutate(undefined, { onSuccess: () => publish.reset() })}>
          {t('Withdraw the link')}
        </Button>
      </p>
    </>
  );
}
