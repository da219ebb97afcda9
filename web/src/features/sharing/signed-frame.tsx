// Frames that another site signs: which filters its visitors turn, how it looks, and the code of the site.
import { useState } from 'react';
import { errorText } from '../../lib/error-text';
import { useProperties } from '../../lib/session';
import { useSettled } from '../../lib/use-settled';
import { takesList } from '../../shared/filters';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Choices, CopyButton, Notice, Select, TextArea, TextField } from '../../ui';
import { lookHash, plainLook } from './look';
import { LookFields } from './look-fields';
import { PrivatePreview } from './preview';
import { type Kind, type PreviewOf, useEmbedding } from './queries';
import { origin, type Shared, type SharedParameter } from './shared';
import { languages } from './snippets';
import { SwitchedOff } from './switched-off';
import { TabField } from './tab-field';

interface SignedFrameProps {
  kind: Kind;
  item: Shared;
  parameters: SharedParameter[];
}

type Modes = Record<string, string>;

const modeOf = (modes: Modes, { slug }: SharedParameter) => modes[slug] ?? 'disabled';

/** What the site would set: nothing said is no filter. */
export const previewOf = (parameters: readonly SharedParameter[], modes: Modes, typed: Record<string, string>): PreviewOf => ({
  embedding_params: Object.fromEntries(parameters.map((parameter) => [parameter.slug, modeOf(modes, parameter)])),
  params: Object.fromEntries(
    parameters.filter((parameter) => modeOf(modes, parameter) === 'locked').map((parameter): [string, unknown] => {
      const text = typed[parameter.slug]?.trim();
      return [parameter.slug, !text ? [] : takesList(parameter) ? [text] : text];
    }),
  ),
});

export function SignedFrame({ kind, item, parameters }: SignedFrameProps) {
  const { t } = useI18n();
  const embedding = useEmbedding(kind, item.id);
  const modes = item.embedding_params ?? {};
  const [look, setLook] = useState(plainLook);
  const [language, setLanguage] = useState('python');
  const [typed, setTyped] = useState<Record<string, string>>({});
  const isAllowed = useProperties().data?.['enable-embedding'] !== false;
  // Asked for when the typing pauses.
  const of = JSON.parse(useSettled(JSON.stringify(previewOf(parameters, modes, typed)))) as PreviewOf;
  const locked = parameters.filter((parameter) => modeOf(modes, parameter) === 'locked');
  const write = languages.find(({ id }) => id === language)?.write;
  const code = write?.({ origin: origin(), kind: kind === 'card' ? 'question' : 'dashboard', id: item.id, locked: locked.map(({ slug }) => slug), hash: lookHash(look) }) ?? '';

  return (
    <>
      <p>{t('Your own site signs the address of the frame with a secret: only its visitors see it.')}</p>
      {!isAllowed && <SwitchedOff setting="enable-embedding-static">{t('Signed frames are switched off for this site: nobody sees them before they are switched on.')}</SwitchedOff>}
      <Checkbox isSelected={item.enable_embedding} onChange={(enable_embedding) => embedding.mutate({ enable_embedding })}>
        {t('May be shown in signed frames')}
      </Checkbox>
      {parameters.map((parameter) => (
        <Select
          key={parameter.slug}
          label={parameter.name}
          value={modeOf(modes, parameter)}
          choices={[
            { id: 'disabled', label: t('Hidden') },
            { id: 'enabled', label: t('Visitors may turn it') },
            { id: 'locked', label: t('Set by your site') },
          ]}
          onChange={(mode) => embedding.mutate({ embedding_params: { ...modes, [parameter.slug]: mode } })}
        />
      ))}
      <TabField item={item} look={look} onChange={setLook} />
      <LookFields look={look} onChange={setLook} />
      {item.enable_embedding && (
        <>
          <Choices isNarrow label={t('Language of the code')} choices={languages} value={language} onChange={setLanguage} />
          <TextArea label={t('Code of your site')} isCode isReadOnly rows={10} hint={t('Then put the address into a frame, with the script of this site: it takes the height of what it shows.')} value={code} />
          <p>
            <CopyButton key={code} label={t('Copy the code')} text={code} />
          </p>
        </>
      )}
      {Boolean(embedding.error) && <Notice kind="danger">{errorText(t, embedding.error)}</Notice>}
      {locked.map(({ slug, name }) => (
        <TextField key={slug} label={t('{name}, for the preview', { name })} value={typed[slug] ?? ''} onChange={(text) => setTyped({ ...typed, [slug]: text })} />
      ))}
      <PrivatePreview kind={kind} item={item} of={of} look={look} />
    </>
  );
}
