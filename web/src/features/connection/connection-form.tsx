// A connection to a database, asked as the server describes it: a new one, or one that is changed.
import { useState } from 'react';
import type { ConnectedDatabase, ConnectionField, Database } from '../../api/types';
import { useI18n } from '../../shared/i18n';
import { Checkbox, Form, PasswordField, Select, TextArea, TextField } from '../../ui';
import { detailsFrom, isAsked, type NamedEngine } from './details';
import { useConnect } from './queries';
import { wordsOf } from './words';

interface ConnectionFormProps {
  engines: NamedEngine[];
  /** Nothing yet when connecting. */
  database?: ConnectedDatabase;
  onConnected: (database: Database) => void;
}

export function ConnectionForm({ engines, database, onConnected }: ConnectionFormProps) {
  const { t } = useI18n();
  const [engineId, setEngineId] = useState(database?.engine ?? engines[0]?.id ?? '');
  const fields = engines.find(({ id }) => id === engineId)?.fields ?? [];
  const [given, setGiven] = useState<Record<string, unknown>>({});
  const chosen = { ...startOf(fields), ...database?.details, ...given };
  const kinds = engines.map(({ id, label }) => ({ id, label: t(wordsOf(label)) }));
  const connect = useConnect(onConnected, database?.id);

  return (
    <Form
      submitLabel={database ? t('Save the connection') : t('Connect')}
      error={connect.error}
      isPending={connect.isPending}
      onSubmit={({ name = '', ...values }) =>
        connect.mutate({ name, engine: engineId, details: detailsFrom(fields, values) })
      }
    >
      {!database && <Select label={t('Kind of database')} choices={kinds} value={engineId} onChange={setEngineId} isRequired />}
      <TextField name="name" label={t('Name shown to your team')} isRequired defaultValue={database?.name ?? ''} />
      {fields.filter((field) => isAsked(field, chosen) || database?.details?.[field.name]).map((field) => (
        <Detail
          key={`${engineId}.${field.name}`}
          field={chosen['conn-uri'] ? { ...field, required: false } : field}
          saved={database?.details?.[field.name]}
          onChange={(value) => setGiven((all) => ({ ...all, [field.name]: value }))}
        />
      ))}
    </Form>
  );
}

const startOf = (fields: ConnectionField[]): Record<string, unknown> => Object.fromEntries(fields.map((field) => [field.name, field.default]));

interface DetailProps {
  field: ConnectionField;
  saved: unknown;
  onChange: (value: string | boolean) => void;
}

/** An address says all that the fields above it ask for. */
function Detail({ field, saved, onChange }: DetailProps) {
  const { t } = useI18n();
  const { name, type = 'string', required = false, placeholder, options = [] } = field;
  const label = t(wordsOf(field['display-name']));
  const hint = field['helper-text'] && t(wordsOf(field['helper-text']));
  const given = saved ?? field.default;
  const start = given == null ? undefined : String(given);
  const common = { name, label, ...(hint && { hint }), isRequired: required };

  if (type === 'section') return <h3>{label}</h3>;
  if (type === 'info') return <p>{hint ?? label}</p>;
  if (type === 'boolean') {
    return (
      <Checkbox name={name} hint={hint} defaultSelected={given === true} onChange={onChange}>
        {label}
      </Checkbox>
    );
  }
  if (type === 'select') {
    const choices = options.map((option) => ({ id: option.value, label: t(wordsOf(option.name)) }));
    return <Select {...common} choices={choices} onChange={onChange} {...(start && { defaultValue: start })} />;
  }

  const text = { ...common, ...(start && { defaultValue: start }), placeholder: t(wordsOf(String(placeholder ?? ''))), onChange };
  // Of several lines, which a field of one line would join.
  if (type === 'text') return <TextArea {...text} isCode isOptional />;
  if (type === 'password') return <PasswordField {...text} autoComplete="off" />;
  return <TextField {...text} type={type === 'integer' ? 'number' : 'text'} autoComplete="off" />;
}
