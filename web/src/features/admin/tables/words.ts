// What can be said of tables and columns, in words.
import { msg } from '../../../shared/i18n';

export const visibilities = [
  { id: 'shown', label: msg('Everyone who may see the data') },
  { id: 'hidden', label: msg('Nobody: it is hidden') },
  { id: 'technical', label: msg('Nobody: it is of technical use') },
  { id: 'cruft', label: msg('Nobody: it is left over') },
];

export const orders = [
  { id: 'database', label: msg('As in the database') },
  { id: 'alphabetical', label: msg('By name') },
  { id: 'smart', label: msg('By meaning') },
  { id: 'custom', label: msg('As moved by hand') },
];

export const fieldVisibilities = [
  { id: 'normal', label: msg('Everywhere') },
  { id: 'details-only', label: msg('Only in the details of a row') },
  { id: 'sensitive', label: msg('Nowhere: it is sensitive') },
  { id: 'hidden', label: msg('Nowhere') },
];

export const visibilityOf = (id: string): string => ({ 'details-only': msg('In details only'), sensitive: msg('Sensitive') })[id] ?? msg('Hidden');

export const filterWays = [
  { id: 'auto-list', label: msg('The server decides') },
  { id: 'list', label: msg('A list of all values') },
  { id: 'search', label: msg('A search box') },
  { id: 'none', label: msg('A box to type in') },
];
