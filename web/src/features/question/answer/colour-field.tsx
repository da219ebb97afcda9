// A colour: one of the theme, which follows light and dark, or any other, with a word when it is hard to see.
import { inkAt, inkCount } from '../../../shared/charts';
import { useI18n } from '../../../shared/i18n';
import { contrast } from './contrast';
import styles from './answer.module.css';

interface ColourFieldProps {
  label: string;
  value: string;
  /** For what is stored as a fixed colour: without those of the theme. */
  isPlain?: boolean;
  onChange: (colour: string) => void;
}

const inkOf = (ink: string) => ({ '--ink': ink }) as object;
const least = 3;

export function ColourField({ label, value, isPlain, onChange }: ColourFieldProps) {
  const { t } = useI18n();
  const isHex = /^#[\da-f]{6}$/i.test(value);

  return (
    <div role="group" aria-label={label} className={styles.group}>
      <strong>{label}</strong>
      <div className={styles.colours}>
        {!isPlain &&
          Array.from({ length: inkCount }, (_, index) => (
            <button key={index} type="button" className={styles.colour} style={inkOf(inkAt(index))} aria-pressed={value === inkAt(index)} aria-label={t('Colour {number}', { number: index + 1 })} onClick={() => onChange(inkAt(index))} />
          ))}
        <input type="color" className={styles.free} aria-label={t('Another colour')} value={isHex ? value : '#2c7fb8'} onChange={(event) => onChange(event.currentTarget.value)} />
      </div>
      {isHex && !isPlain && contrast(value, '#ffffff') < least && <p className={styles.hint}>{t('This colour is hard to see on a white page.')}</p>}
    </div>
  );
}
