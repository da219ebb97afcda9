// What the server tells of a decision, sentence by sentence, in the reader's language.
import { msg, type Translate } from '../../../shared/i18n';

const sentences: [pattern: RegExp, text: string][] = [
  [/^the account is deactivated/, msg('The account is deactivated: nobody can sign in with it.')],
  [/^is in the group Administrators, who may do everything$/, msg('Belongs to the administrators, who may do everything.')],
  [/^is in the group (?<group>.+)$/, msg('Belongs to the group {group}.')],
  [/^lies in the collection root$/, msg('It lies in the shared space.')],
  [/^lies in the collection (?<name>.+)$/, msg('It lies in the collection {name}.')],
  [/^which is personal/, msg('That collection is personal: only its owner and administrators see it.')],
  [/^which is managed by a repository/, msg('That collection is managed by a repository: its files alone change it.')],
  [/^the group (?<group>.+) may see and change it$/, msg('The group {group} may see and change it.')],
  [/^the group (?<group>.+) may see it$/, msg('The group {group} may see it.')],
  [/^the group (?<group>.+) has view-data = unrestricted on (?<place>.+)$/, msg('The group {group} may see the data of {place}.')],
  [/^the group (?<group>.+) has view-data = \S+ on (?<place>.+)$/, msg('The group {group} may not see the data of {place}.')],
  [/^the group (?<group>.+) has create-queries = query-builder-and-native on (?<place>.+)$/, msg('The group {group} may ask about {place}, also in SQL.')],
  [/^the group (?<group>.+) has create-queries = query-builder on (?<place>.+)$/, msg('The group {group} may ask about {place} with the builder.')],
  [/^the group (?<group>.+) has create-queries = no on (?<place>.+)$/, msg('The group {group} may not ask about {place}.')],
  [/^the group (?<group>.+) has download-results = one-million-rows on (?<place>.+)$/, msg('The group {group} may download a million rows of {place}.')],
  [/^the group (?<group>.+) has download-results = ten-thousand-rows on (?<place>.+)$/, msg('The group {group} may download ten thousand rows of {place}.')],
  [/^the group (?<group>.+) has download-results = no on (?<place>.+)$/, msg('The group {group} may download nothing of {place}.')],
  [/^sees only rows where field \d+ (?<operator>\S+) (?<value>.+) \(group (?<group>.+)\)$/, msg('The group {group} sees only rows that fit a rule ({operator} {value}).')],
  [/^(?<count>\d+) fields are hidden$/, msg('{count, plural, one {# column is hidden} other {# columns are hidden}}')],
  [/^may make questions on it$/, msg('So this person may ask questions about it.')],
  [/^may not make questions on it$/, msg('So this person may not ask questions about it.')],
  [/^sees the question, and is refused its answer$/, msg('Sees the question, and is refused its answer.')],
];

const places: Record<string, string> = { 'the database': msg('the database'), 'this table': msg('this table') };
const groups: Record<string, string> = { 'All Users': msg('Everyone'), Administrators: msg('Administrators') };

export function reasonText(t: Translate, reason: string): string {
  for (const [pattern, text] of sentences) {
    const found = pattern.exec(reason);
    if (!found) continue;
    const { place = '', group = '', ...others } = found.groups ?? {};
    return t(text, { ...others, place: t(places[place] ?? place), group: t(groups[group] ?? group) });
  }
  return reason;
}
