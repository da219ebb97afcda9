// A box that narrows a list down while one types.
import { Input } from 'react-aria-components/Input';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { IconSearch } from './icons';
import field from './field.module.css';
import styles from './search-field.module.css';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className={styles.search ?? ''}>
      <IconSearch />
      <Input className={`${field.input} ${styles.input}`} placeholder={label} />
    </AriaSearchField>
  );
}
