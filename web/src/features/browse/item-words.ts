// Where an item is, and what it is called.
import type { Item } from '../../lib/question-types';
import { msg } from '../../shared/i18n';

export const kindWords: Record<Item['model'], string> = {
  card: msg('Question'),
  dataset: msg('Model'),
  metric: msg('Metric'),
  dashboard: msg('Dashboard'),
  collection: msg('Collection'),
};

const places: Record<Item['model'], string> = { card: 'question', dataset: 'question', metric: 'question', dashboard: 'dashboard', collection: 'collection' };

export const addressOf = ({ model, id }: Pick<Item, 'id' | 'model'>): string => `/${places[model]}/${id}`;
