// What dashboards call: the question of a card with the filters of the dashboard in it, its address, and going on
// from its points.
import { olderQuery } from '../../../lib/older-query';
import type { Question } from '../../../lib/question-types';
import type { Data, Settings } from '../../../shared/data';
import { type DatasetQuery, newQuery, toDatasetQuery } from '../model/query';
import { type Applied, isOfColumn, tagValues, withParameters } from './parameters';
import { draftAddress, type Drill, useDrill } from './use-drill';

/** Without a number it is not saved anywhere. */
type CardQuestion = Pick<Question, 'name' | 'display' | 'dataset_query' | 'visualization_settings'> & { id: number | null; type?: Question['type'] };

/** What the filters are put into: a model, and SQL, is filtered by what it gives, so it becomes the source of a new question. */
function filteredOf({ id, type, dataset_query }: CardQuestion, filters: readonly Applied[]): DatasetQuery {
  const dataset = olderQuery(dataset_query) as DatasetQuery;
  const isClosed = type === 'model' || dataset.type === 'native';

  return isClosed && id !== null && dataset.database !== null && filters.length > 0 && filters.every(isOfColumn) ? toDatasetQuery(newQuery(dataset.database, `card__${id}`)) : dataset;
}

/** Where the question of a card is opened: as saved without filters, with them as a new question that says where it comes from. */
export function cardAddress(card: CardQuestion, filters: readonly Applied[]): string {
  const dataset = filteredOf(card, filters);
  if (card.id !== null && (dataset.type === 'native' || !filters.length)) return `/question/${card.id}${tagValues(filters)}`;

  const { dataset: filtered, missed } = withParameters(dataset, filters);
  return draftAddress({ dataset_query: filtered, display: card.display, displayIsLocked: true, visualization_settings: card.visualization_settings, ...(card.id !== null && { original_card_id: card.id }), ...(missed.length && { missed_filters: missed }) });
}

const nothing: DatasetQuery = { database: null, type: 'query' };

/** Handlers for `<Card>` (`onChoose`, `onBrush`) and the menu that they open. */
export function useCardDrill(card: CardQuestion | null, filters: readonly Applied[], data: Data | undefined, settings: Settings): Drill {
  const dataset = card ? filteredOf(card, filters) : nothing;
  const { dataset: filtered, missed } = withParameters(dataset, filters);

  // A question in SQL whose boxes are filled cannot be built on: its rows would be others.
  const saved = filters.length || !card || card.id === null ? null : { id: card.id, name: card.name };
  return useDrill({ dataset: filtered, display: card?.display ?? 'table', settings, data, saved, origin: card?.id ?? undefined, missed });
}
