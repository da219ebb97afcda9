import { expect, it } from 'vitest';
import { countColumns, limitsFrom } from './limits';
import { lookHash, plainLook } from './look';
import { previewOf } from './signed-frame';

it('writes only what differs behind the #', () => {
  expect(lookHash(plainLook)).toBe('');
  expect(lookHash({ ...plainLook, theme: 'night', isTitled: false, downloads: [] })).toBe('#theme=night&titled=false&downloads=false');
});

it('says the language, and which files', () => {
  expect(lookHash({ ...plainLook, locale: 'fr' })).toBe('#locale=fr');
  expect(lookHash({ ...plainLook, tab: 7 })).toBe('#tab=7');
  expect(lookHash({ ...plainLook, font: 'serif' })).toBe('#font=serif');
  expect(lookHash({ ...plainLook, downloads: ['csv', 'png'] })).toBe('#downloads=csv,png');
});

it('previews a frame with the filters as they are, and what the site would set', () => {
  const parameters = [
    { id: 'a', name: 'State', slug: 'state', type: 'string/=' },
    { id: 'b', name: 'Date', slug: 'date', type: 'date/all-options' },
    { id: 'c', name: 'City', slug: 'city', type: 'string/=' },
  ];
  const modes = { state: 'locked', date: 'locked', gone: 'enabled' };

  expect(previewOf(parameters, modes, { state: ' CA ', city: 'Lyon' })).toEqual({ embedding_params: { state: 'locked', date: 'locked', city: 'disabled' }, params: { state: ['CA'], date: [] } });
});

it('leaves the password that is there, unless it is to be forgotten', () => {
  expect(limitsFrom({ until: '2099-12-31', password: '', isForgotten: false, small: null })).toEqual({ expires_at: '2099-12-31T23:59:59Z', small_cells: null });
  expect(limitsFrom({ until: '', password: '', isForgotten: true, small: null })).toEqual({ expires_at: null, password: null, small_cells: null });
});

it('says which tab is shown only where it was asked', () => {
  const asked = { until: '', password: '', isForgotten: false, small: null };

  expect(limitsFrom({ ...asked, tab: 7 }).tab_id).toBe(7);
  expect(limitsFrom({ ...asked, tab: null }).tab_id).toBe(null);
  expect('tab_id' in limitsFrom(asked)).toBe(false);
});

it('reads which columns count', () => {
  expect(countColumns({ until: '', 'count-12': ' n ', 'count-13': '' })).toEqual({ 12: 'n' });
});
