// The general settings, as a table: what each is called and which answers it takes.
import { localeNames, msg } from '../../../shared/i18n';

export interface GeneralSetting {
  key: string;
  label: string;
  hint: string;
  /** Free text without choices. */
  choices?: { id: string; label: string }[] | 'timezones';
}

export const generalSettings: GeneralSetting[] = [
  { key: 'site-name', label: msg('Name of the site'), hint: msg('Shown at the top of each page and in e-mails.') },
  {
    key: 'site-url',
    label: msg('Address of the site'),
    hint: msg('As people type it, for instance https://stats.example.fr. Links in e-mails start with it.'),
  },
  {
    key: 'site-locale',
    label: msg('Language of the site'),
    hint: msg('For visitors, and for people who have not chosen theirs.'),
    choices: Object.entries(localeNames).map(([id, label]) => ({ id, label })),
  },
  {
    key: 'start-of-week',
    label: msg('First day of the week'),
    hint: msg('Where weeks begin in charts and filters.'),
    choices: [
      { id: 'monday', label: msg('Monday') },
      { id: 'tuesday', label: msg('Tuesday') },
      { id: 'wednesday', label: msg('Wednesday') },
      { id: 'thursday', label: msg('Thursday') },
      { id: 'friday', label: msg('Friday') },
      { id: 'saturday', label: msg('Saturday') },
      { id: 'sunday', label: msg('Sunday') },
    ],
  },
  {
    key: 'report-timezone',
    label: msg('Time zone'),
    hint: msg('Where days begin and end in charts and filters.'),
    choices: 'timezones',
  },
];
