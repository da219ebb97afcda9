// Figures that somebody defined once, for a table or a model: metrics.
import { olderQuery } from '../../../lib/older-query';
import type { Question } from '../../../lib/question-types';
import type { Choosable } from './columns';
import { cardOf, type DatasetQuery, emptyStage, fromDatasetQuery, newQuery, type Query } from './query';

type Stored = Pick<Question, 'id' | 'name' | 'type' | 'dataset_query'>;

/** What a metric is defined on; nothing when it is no metric. */
export const definitionOf = (card: Stored | undefined): Query | null => (card?.type === 'metric' ? fromDatasetQuery(olderQuery(card.dataset_query) as DatasetQuery) : null);

/** Those that a question on this source can use, as what can stand in a formula. */
export function metricChoices(source: number | string, own: Stored | undefined, ofTable: readonly Stored[], group: string): Choosable[] {
  const fits = (card: Stored) => {
    const definition = definitionOf(card);
    return definition !== null && (cardOf(source) === card.id || (definition.source === source && definition.stages.length === 1 && !definition.stages[0]?.joins.length));
  };
  const all = [...(own ? [own] : []), ...ofTable.filter(({ id }) => id !== own?.id)];

  return all.filter(fits).map(({ id, name }) => ({ label: name, group, ref: ['metric', id], hasValues: null, column: { name, display_name: name, base_type: 'type/Float' } }));
}

/** A metric counts rows until somebody says otherwise. */
export const newMetric = (database: number, source: number | string): Query => ({ ...newQuery(database, source), stages: [{ ...emptyStage, aggregations: [['count']] }] });

/** A question that starts with a metric: the figure, by the groups that it is usually shown by. */
export function questionOfMetric(database: number, card: Stored): Query {
  const source = `card__${card.id}`;
  const breakouts = definitionOf(card)?.stages.at(-1)?.breakouts ?? [];

  return { ...newQuery(database, source), stages: [{ ...emptyStage, aggregations: [['metric', card.id]], breakouts }] };
}
