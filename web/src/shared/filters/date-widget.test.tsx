import { fireEvent, waitFor } from '@testing-library/dom';
import { expect, it, vi } from 'vitest';
import { render } from '../../../test/render';
import { messages } from '../../locales/fr.po';
import { I18nContext, translator } from '../i18n';
import { FilterWidget } from '.';

const parameter = { id: 'd', name: 'Quand', slug: 'quand', type: 'date/all-options' };
const french = { locale: 'fr' as const, t: translator('fr', messages) };
const noChoices = async () => ({ values: [], has_more_values: false });

async function widget(value: unknown, onChange: (value: unknown) => void = () => {}) {
  const place = render(
    <I18nContext.Provider value={french}>
      <FilterWidget parameter={parameter} value={value} loadChoices={noChoices} onChange={onChange} />
    </I18nContext.Provider>,
  );
  await waitFor(() => expect(place.querySelector('select')).not.toBeNull());

  return place;
}

const chosen = (place: HTMLElement) => place.querySelector('select')?.selectedOptions[0]?.textContent;

it('says a period that is not in its list, and lets one change it', async () => {
  const changed = vi.fn();
  const place = await widget('past45days~', changed);

  expect(chosen(place)).toBe('Les 45 derniers jours, période en cours comprise');
  fireEvent.change(place.querySelector('select[aria-label="Quand: Unité"]') as HTMLSelectElement, { target: { value: 'week' } });
  expect(changed).toHaveBeenCalledWith('past45weeks~');
});

it('says what it cannot change', async () => {
  expect(chosen(await widget('exclude-days-Mon-Tue'))).toBe('Sauf lundi, mardi');
});
