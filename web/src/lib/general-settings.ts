// The general settings, as a table: what each is called, which answers it takes, and how it is found.
import { localeNames, msg, type Translate } from '../shared/i18n';
import { fold } from './fold';

export interface GeneralSetting {
  key: string;
  label: string;
  hint: string;
  /** Free text without choices. */
  choices?: { id: string; label: string }[] | 'timezones';
  /** How the server keeps it; text otherwise. */
  kind?: 'boolean' | 'number';
  /** May be left empty. */
  isOptional?: boolean;
}

const yesOrNo = [
  { id: 'true', label: msg('Yes') },
  { id: 'false', label: msg('No') },
];

/** What was typed, as the server keeps it. */
export function settingValue({ kind, isOptional }: Pick<GeneralSetting, 'kind' | 'isOptional'>, text: string): string | number | boolean | null {
  if (kind === 'boolean') return text === 'true';
  if (kind === 'number') return Number.isFinite(Number(text)) ? Math.max(0, Math.floor(Number(text))) : null;
  return text || (isOptional ? '' : null);
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

export const publishingSettings: GeneralSetting[] = [
  {
    key: 'enable-public-sharing',
    label: msg('Public links'),
    hint: msg('Whether administrators may publish questions and dashboards by a link. Without it, links that exist stop working.'),
    choices: yesOrNo,
    kind: 'boolean',
  },
  { key: 'enable-embedding-static', label: msg('Signed frames'), hint: msg('Whether other sites may show what they sign for.'), choices: yesOrNo, kind: 'boolean' },
  {
    key: 'embedding-app-origin',
    label: msg('Sites that may frame published pages'),
    hint: msg('Their addresses, separated by spaces. Empty: all sites.'),
    isOptional: true,
  },
  {
    key: 'allowed-iframe-hosts',
    label: msg('Sites whose pages dashboards may show'),
    hint: msg('Their names, separated by spaces: videos.example.org, *.example.fr. Of others, a card shows a link. Readers of such a dashboard load those sites.'),
    isOptional: true,
  },
  { key: 'public-source', label: msg('Source of published figures'), hint: msg('At the foot of published pages. An address at its end makes a link.'), isOptional: true },
  { key: 'public-licence', label: msg('Licence of published figures'), hint: msg('For instance: Licence Ouverte 2.0 https://www.etalab.gouv.fr/licence-ouverte-open-licence/'), isOptional: true },
  { key: 'public-contact', label: msg('Contact for readers'), hint: msg('Words, an e-mail address or an address.'), isOptional: true },
  { key: 'public-accessibility', label: msg('Accessibility statement'), hint: msg('What it says in short, and its address: Partially compliant https://example.org/accessibility'), isOptional: true },
  { key: 'visit-days', label: msg('How many days the numbers of visits are kept'), hint: msg('Of published pages, by day, without anything of who looked. 0: they are not counted.'), kind: 'number' },
  { key: 'revision-days', label: msg('How many days versions are kept'), hint: msg('Of questions and dashboards. The last 15 of each stay, and never more than 1,000.'), kind: 'number' },
  { key: 'public-cache-seconds', label: msg('How many seconds a public answer is shown again'), hint: msg('0: each reader asks the database.'), kind: 'number' },
];

export const limitSettings: GeneralSetting[] = [
  { key: 'unaggregated-query-row-limit', label: msg('Most rows of a list'), hint: msg('Of answers that group nothing. Files have all rows.'), kind: 'number' },
  { key: 'aggregated-query-row-limit', label: msg('Most rows of a summary'), hint: msg('Of answers that group, and of SQL.'), kind: 'number' },
  { key: 'download-row-limit', label: msg('Most rows of a file'), hint: msg('0: all rows.'), kind: 'number' },
];

/** The name of its environment variable. */
export const variableOf = (key: string): string => `MB_${key.replaceAll('-', '_').toUpperCase()}`;

/** Settings that have pages of their own. */
const elsewhere = [
  { start: 'email-', address: '/admin/email', label: msg('E-mail') },
  { start: 'custom-geojson', address: '/admin/maps', label: msg('Maps') },
  { start: 'job-schedules', address: '/admin/jobs', label: msg('Jobs') },
];

export interface FoundSetting {
  address: string;
  label: string;
  variable?: string;
}

/** By what a setting is called, in the reader's language and in English, by what is said of it, by its key and its variable. */
export function findSettings(t: Translate, text: string): FoundSetting[] {
  const word = fold(text.trim());
  if (!word) return [];

  const fits = (...words: string[]) => words.some((one) => fold(one).includes(word));
  const own = [...generalSettings, ...publishingSettings, ...limitSettings].filter(({ key, label, hint }) => fits(t(label), label, t(hint), hint, key, variableOf(key)));
  const others = elsewhere.filter(({ start }) => word.startsWith(fold(start)) || word.startsWith(fold(variableOf(start))));

  return [...own.map(({ key, label }) => ({ address: `/admin/settings?setting=${key}`, label: t(label), variable: variableOf(key) })), ...others.map(({ address, label }) => ({ address, label: t(label) }))];
}
