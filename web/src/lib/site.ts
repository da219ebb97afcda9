// What the whole app knows about the site it runs on, read once from the shell.
import type { Boot } from '../api/types';
import { readBoot } from '../shared/boot';

const unknown: Boot = {
  base: '',
  'setup-token': null,
  'has-user-setup': true,
  'site-name': 'vigie',
  'site-locale': 'en',
  version: '',
  'password-min': 12,
  'email-configured': false,
};

export const site: Boot = { ...unknown, ...readBoot<Boot>() };
