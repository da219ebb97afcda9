// Which days, months, quarters or hours a filter leaves out.
import { type Column, holdsDates } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Checkbox, Select } from '../../../ui';
import { type Exclusion, namePart, partsOfTime, valuesOfPart } from '../model/exclusion';
import styles from './builder.module.css';

interface ExclusionFieldsProps {
  column: Column;
  exclusion: Exclusion;
  onChange: (exclusion: Exclusion) => void;
}

const typeOf = ({ effective_type, base_type }: Column) => effective_type ?? base_type;

/** A day has no hours to leave out. */
const hasHours = (column: Column) => holdsDates(column) && typeOf(column) !== 'type/Date';

export function ExclusionFields({ column, exclusion: { part, values }, onChange }: ExclusionFieldsProps) {
  const { t, locale } = useI18n();
  const parts = partsOfTime.filter(({ id }) => id !== 'hours' || hasHours(column));
  const isSome = (value: number) => values.includes(value);

  return (
    <>
      <Select
        label={t('Left out')}
        choices={parts.map(({ id, label }) => ({ id, label: t(label) }))}
        value={part.id}
        onChange={(id) => onChange({ part: parts.find((one) => one.id === id) ?? part, values: [] })}
      />
      <div className={styles.parts} role="group" aria-label={t(part.label)}>
        {valuesOfPart(part).map((value) => (
          <Checkbox key={`${part.id} ${value}`} isSelected={isSome(value)} onChange={(isOn) => onChange({ part, values: valuesOfPart(part).filter((one) => (one === value ? isOn : isSome(one))) })}>
            {namePart(locale, part, value)}
          </Checkbox>
        ))}
      </div>
    </>
  );
}
