// The widgets that a filter on a column can have, by what the column holds. Names are Metabase's.
import { msg } from '../../../shared/i18n';
import type { Choosable } from '../model/columns';
import { familyOf } from '../model/words';

export interface Widget {
  id: string;
  label: string;
}

const texts: Widget[] = [
  { id: 'string/=', label: msg('is one of') },
  { id: 'string/!=', label: msg('is none of') },
  { id: 'string/contains', label: msg('contains') },
  { id: 'string/does-not-contain', label: msg('does not contain') },
  { id: 'string/starts-with', label: msg('starts with') },
  { id: 'string/ends-with', label: msg('ends with') },
];

const numbers: Widget[] = [
  { id: 'number/=', label: msg('is one of') },
  { id: 'number/!=', label: msg('is none of') },
  { id: 'number/between', label: msg('between') },
  { id: 'number/>=', label: msg('at least') },
  { id: 'number/<=', label: msg('at most') },
];

const dates: Widget[] = [
  { id: 'date/all-options', label: msg('any period') },
  { id: 'date/range', label: msg('from one day to another') },
  { id: 'date/single', label: msg('one day') },
  { id: 'date/month-year', label: msg('a month') },
  { id: 'date/quarter-year', label: msg('a quarter') },
  { id: 'date/relative', label: msg('a period that moves with today') },
];

export const widgetsOf = ({ column }: Choosable): Widget[] => {
  const family = familyOf(column);

  if (family === 'date') return dates;
  if (family === 'number') return numbers;
  if (family === 'truth') return [{ id: 'boolean/=', label: msg('yes or no') }];
  return family === 'key' ? [{ id: 'id', label: msg('is one of') }] : texts;
};
