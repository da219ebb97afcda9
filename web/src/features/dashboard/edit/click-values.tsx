// Which values a click gives to the page that it opens, or to the filters of this one.
import type { ClickBehavior } from '../../../shared/dashboard';
import type { Column } from '../../../shared/data';
import { type Translate, useI18n } from '../../../shared/i18n';
import { Select } from '../../../ui';
import { likelyOrigin, type ValueOrigin, type ValuePlace, withMapping } from './click-behavior';
import styles from './edit.module.css';

const untouched = 'untouched';

const say = (t: Translate, { type, name }: ValueOrigin) => (type === 'column' ? t('What is clicked in {name}', { name }) : t('The value of the filter {name}', { name }));

interface MappingsProps {
  places: ValuePlace[];
  origins: ValueOrigin[];
  behavior: ClickBehavior;
  onChange: (behavior: ClickBehavior) => void;
}

/** For each filter, where its value comes from. */
export function Mappings({ places, origins, behavior, onChange }: MappingsProps) {
  const { t } = useI18n();

  if (!places.length) return <p>{t('There is no filter yet: add one first.')}</p>;
  return (
    <div className={styles.wiring} role="group" aria-label={t('Values of the filters')}>
      <strong>{t('Values of the filters')}</strong>
      {places.map((place) => (
        <PlaceSelect key={place.key} place={place} origins={origins} behavior={behavior} empty={t('Stays as it is')} onChange={onChange} />
      ))}
    </div>
  );
}

interface PlaceSelectProps extends Omit<MappingsProps, 'places'> {
  place: ValuePlace;
  empty: string;
}

function PlaceSelect({ place, origins, behavior, empty, onChange }: PlaceSelectProps) {
  const { t } = useI18n();
  const source = behavior.parameterMapping?.[place.key]?.source;

  return (
    <Select
      label={place.label}
      isSearchable={origins.length > 8}
      choices={[{ id: untouched, label: empty }, ...origins.map((origin) => ({ id: origin.id, label: say(t, origin) }))]}
      value={source ? `${source.type} ${source.id}` : untouched}
      onChange={(id) => onChange(withMapping(behavior, place, origins.find((origin) => origin.id === id)))}
    />
  );
}

interface ChosenMappingsProps extends MappingsProps {
  columns: Column[];
}

/** A question has many columns: those that take a value are added one by one. */
export function ChosenMappings({ places, origins, columns, behavior, onChange }: ChosenMappingsProps) {
  const { t } = useI18n();
  const isMapped = ({ key }: ValuePlace) => behavior.parameterMapping?.[key] !== undefined;
  const free = places.filter((place) => !isMapped(place));

  return (
    <div className={styles.wiring} role="group" aria-label={t('Filters of the question')}>
      <strong>{t('Filters of the question')}</strong>
      {places.filter(isMapped).map((place) => (
        <PlaceSelect key={place.key} place={place} origins={origins} behavior={behavior} empty={t('Not filtered')} onChange={onChange} />
      ))}
      {free.length > 0 && origins.length > 0 && (
        <Select
          key={free.length}
          label={t('Filter it by')}
          isSearchable={free.length > 8}
          choices={free.map(({ key, label }) => ({ id: key, label }))}
          value={null}
          onChange={(key) => {
            const place = free.find((one) => one.key === key);
            if (place) onChange(withMapping(behavior, place, likelyOrigin(place, columns, origins)));
          }}
        />
      )}
    </div>
  );
}
