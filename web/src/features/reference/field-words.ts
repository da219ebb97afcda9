// The names of types, as people say them.
import { msg } from '../../shared/i18n';

const types: [pattern: RegExp, words: string][] = [
  [/Boolean/, msg('Yes or no')],
  [/DateTime|Instant/, msg('Date and time')],
  [/Date/, msg('Date')],
  [/Time/, msg('Time of day')],
  [/Integer/, msg('Whole number')],
  [/Float|Decimal|Number/, msg('Number')],
  [/UUID/, msg('Identifier')],
  [/JSON|Dictionary|Structured|Array|Collection/, msg('Structured data')],
  [/IPAddress/, msg('Network address')],
  [/Text|Enum/, msg('Text')],
];

const meanings: Record<string, string> = {
  'type/PK': msg('Key of the table'),
  'type/FK': msg('Points to another table'),
  'type/Name': msg('Name'),
  'type/Title': msg('Title'),
  'type/Description': msg('Description'),
  'type/Category': msg('Category'),
  'type/Email': msg('E-mail address'),
  'type/URL': msg('Web address'),
  'type/City': msg('City'),
  'type/State': msg('Region'),
  'type/Country': msg('Country'),
  'type/ZipCode': msg('Postcode'),
  'type/Latitude': msg('Latitude'),
  'type/Longitude': msg('Longitude'),
  'type/Quantity': msg('Quantity'),
  'type/Score': msg('Score'),
  'type/Currency': msg('Amount of money'),
  'type/Price': msg('Amount of money'),
  'type/Income': msg('Amount of money'),
  'type/Cost': msg('Amount of money'),
  'type/Discount': msg('Discount'),
  'type/Percentage': msg('Percentage'),
  'type/Source': msg('Origin'),
  'type/Product': msg('Product'),
  'type/User': msg('Person'),
  'type/Birthdate': msg('Date of birth'),
  'type/CreationTimestamp': msg('When it was created'),
  'type/CreationDate': msg('When it was created'),
  'type/UpdatedTimestamp': msg('When it was changed'),
  'type/JoinTimestamp': msg('When they joined'),
  'type/CancelationTimestamp': msg('When it was cancelled'),
  'type/DeletionTimestamp': msg('When it was deleted'),
  'type/Comment': msg('Comment'),
  'type/Company': msg('Company'),
  'type/ImageURL': msg('Address of a picture'),
  'type/AvatarURL': msg('Address of a picture'),
};

export const typeInWords = (type: string): string =>
  types.find(([pattern]) => pattern.test(type))?.[1] ?? msg('Other');

/** A meaning that we have no word for is shown by its own name, without its prefix. */
export const meaningOf = (type: string): string => meanings[type] ?? type.replace('type/', '');

/** Every meaning that can be given to a column. */
export const meaningChoices = Object.entries(meanings).map(([id, label]) => ({ id, label }));
