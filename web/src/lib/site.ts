// What the whole app knows about the site it runs on, read once from the shell.
import type { Boot, CurrentUser } from '../api/types';
import { readBoot } from '../shared/boot';
import type { Dashboard } from './question-types';

/** Of a page that a signed-in person opened: who they are, and the dashboard it is about. */
interface Opened {
  user?: CurrentUser;
  dashboard?: Dashboard;
}

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

export const site: Boot & Opened = { ...unknown, ...readBoot<Boot & Opened>() };
