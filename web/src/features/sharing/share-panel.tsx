// One panel to publish: who may see it, which filters they may turn, and what to copy.
import { useState } from 'react';
import { errorText } from '../../lib/error-text';
import { useProperties } from '../../lib/session';
import { site } from '../../lib/site';
import { useI18n } from '../../shared/i18n';
import { Button, Checkbox, Choices, CopyText, Dialog, Loaded, Notice, Select, TextArea } from '../../ui';
import { Check, CheckSummary } from './check';
import { LimitsForm } from './limits-form';
import { lookHash, plainLook } from './look';
import { LookFields } from './look-fields';
import { Preview } from './preview';
import { type Kind, useEmbedding, usePublish, usePublished, useWithdraw } from './queries';
import { frameCode, languages } from './snippets';
import styles from './sharing.module.css';

interface Shared {
  id: number;
  name: string;
  description: string | null;
  public_uuid: string | null;
  enable_embedding: boolean;
  embedding_params: Record<string, string> | null;
}

interface SharePanelProps {
  kind: Kind;
  item: Shared;
  parameters: { id: string; name: string; slug: string }[];
  onClose: () => void;
}

const origin = () => location.origin + site.base;

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
        ]}
        value={way}
        onChange={setWay}
      />
      {way === 'link' && <PublicLink {...props} onCheck={() => setWay('check')} />}
      {way === 'frame' && <SignedFrame {...props} />}
      {way === 'limits' && <LimitsOf {...props} />}
      {way === 'check' && <Check kind={props.kind} id={props.item.id} />}
    </Dialog>
  );
}

function LimitsOf({ kind, item }: SharePanelProps) {
  const { t } = useI18n();

  return (
    <Loaded query={usePublished()}>
      {(list) => {
        const found = list.find(({ model, id }) => model === kind && id === item.id);
        return found ? <LimitsForm key={String(found.has_password)} item={found} onSaved={() => {}} /> : <p>{t('Make a public link or allow frames first: limits are those of what is published.')}</p>;
      }}
    </Loaded>
  );
}

function PublicLink({ kind, item, onCheck }: SharePanelProps & { onCheck: () => void }) {
  const { t } = useI18n();
  const [look, setLook] = useState(plainLook);
  const publish = usePublish(kind, item.id);
  const withdraw = useWithdraw(kind, item.id);
  const isAllowed = useProperties().data?.['enable-public-sharing'] !== false;
  const uuid = publish.data?.uuid ?? item.public_uuid;
  const page = kind === 'card' ? 'question' : 'dashboard';
  const error = publish.error ?? withdraw.error;

  if (!isAllowed) return <Notice kind="warning">{t('Public links are switched off for this site, in the settings.')}</Notice>;
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
      </>
    );
  }

  const address = `${origin()}/public/${page}/${uuid}`;
  return (
    <>
      <CopyText label={t('Public link')} text={address} />
      <LookFields look={look} onChange={setLook} />
      <CopyText label={t('Code of a frame')} text={frameCode(origin(), address + lookHash(look), item.name)} />
      <div className={styles.views}>
        <a href={address} target="_blank" rel="noreferrer">
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

function SignedFrame({ kind, item, parameters }: SharePanelProps) {
  const { t } = useI18n();
  const embedding = useEmbedding(kind, item.id);
  const modes = item.embedding_params ?? {};
  const [look, setLook] = useState(plainLook);
  const [language, setLanguage] = useState('python');
  const write = languages.find(({ id }) => id === language)?.write;
  const locked = parameters.filter(({ slug }) => modes[slug] === 'locked').map(({ slug }) => slug);

  return (
    <>
      <p>{t('Your own site signs the address of the frame with a secret: only its visitors see it.')}</p>
      <Checkbox isSelected={item.enable_embedding} onChange={(enable_embedding) => embedding.mutate({ enable_embedding })}>
        {t('May be shown in signed frames')}
      </Checkbox>
      {item.enable_embedding && (
        <>
          {parameters.map(({ slug, name }) => (
            <Select
              key={slug}
              label={name}
              value={modes[slug] ?? 'disabled'}
              choices={[
                { id: 'disabled', label: t('Hidden') },
                { id: 'enabled', label: t('Visitors may turn it') },
                { id: 'locked', label: t('Set by your site') },
              ]}
              onChange={(mode) => embedding.mutate({ embedding_params: { ...modes, [slug]: mode } })}
            />
          ))}
          <LookFields look={look} onChange={setLook} />
          <Choices isNarrow label={t('Language of the code')} choices={languages} value={language} onChange={setLanguage} />
          <TextArea label={t('Code of your site')} isCode isReadOnly rows={10} hint={t('Then put the address into a frame, with the script of this site: it takes the height of what it shows.')} value={write?.({ origin: origin(), kind: kind === 'card' ? 'question' : 'dashboard', id: item.id, locked, hash: lookHash(look) }) ?? ''} />
        </>
      )}
      {Boolean(embedding.error) && <Notice kind="danger">{errorText(t, embedding.error)}</Notice>}
    </>
  );
}
