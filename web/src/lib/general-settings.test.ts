import { expect, it } from 'vitest';
import { messages as french } from '../locales/fr.po';
import { translator } from '../shared/i18n';
import { findSettings, settingValue } from './general-settings';

it('gives the server what it keeps', () => {
  expect(settingValue({ kind: 'boolean' }, 'false')).toBe(false);
  expect(settingValue({ kind: 'number' }, '60')).toBe(60);
  expect(settingValue({}, '')).toBeNull();
  expect(settingValue({ isOptional: true }, '')).toBe('');
});

it('finds a setting by its words in both languages, and by its variable', () => {
  const found = (text: string) => findSettings(translator('fr', french), text).map(({ address }) => address);

  expect(found('fuseau')).toEqual(['/admin/settings?setting=report-timezone']);
  expect(found('Time zone')).toEqual(['/admin/settings?setting=report-timezone']);
  expect(found('mb_public_cache')).toEqual(['/admin/settings?setting=public-cache-seconds']);
  expect(found('start-of-week')).toEqual(['/admin/settings?setting=start-of-week']);
  expect(found('accessibilite')).toEqual(['/admin/settings?setting=public-accessibility']);
  expect(found('MB_EMAIL_SMTP_HOST')).toEqual(['/admin/email']);
  expect(found('   ')).toEqual([]);
  expect(found('nothing like it')).toEqual([]);
});
