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

/** Whether strangers read it, and where. */
export function reachWord(item: Pick<Item, 'id' | 'model'>, published: readonly { model: string; id: number; public_uuid: string | null; enable_embedding: boolean }[]): string | null {
  if (item.model === 'collection') return null;
  const found = published.find(({ model, id }) => id === item.id && (model === 'dashboard') === (item.model === 'dashboard'));

  if (found?.public_uuid) return found.enable_embedding ? msg('By link and in frames') : msg('By link');
  return found?.enable_embedding ? msg('In frames') : msg('Not published');
}

const places: Record<Item['model'], string> = { card: 'question', dataset: 'question', metric: 'question', dashboard: 'dashboard', collection: 'collection' };

export const addressOf = ({ model, id }: Pick<Item, 'id' | 'model'>): string => `/${places[model]}/${id}`;
