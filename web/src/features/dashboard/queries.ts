// What dashboards ask the server.
import { useEffect, useRef } from 'react';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put } from '../../api/client';
import { answerKey, answerPath, askCard, questionsOf, sentParameters } from '../../lib/dashboard-answers';
import type { Answer, Dashboard, Dashcard, Parameter, Question } from '../../lib/question-types';
import { type Choices, type FilterParameter, type FilterValues, isNothing } from '../../shared/filters';
import { savedSourceOf } from './edit/targets';

export const dashboardKey = (id: number | string) => ['dashboard', String(id)] as const;

export const useDashboard = (id: string) => useQuery({ queryKey: dashboardKey(id), queryFn: () => get<Dashboard>(`/api/dashboard/${id}`) });

interface CardAsk {
  dashboard: Dashboard;
  card: Dashcard;
  values: FilterValues;
  round: number;
}

/** The question of a card, and those that are drawn over it. */
export function useCardAnswers({ dashboard, card, values, round }: CardAsk) {
  const ids = questionsOf(card);
  // The last figures of each question: they stay, dimmed, until the new ones are there.
  const last = useRef(new Map<number | null, Answer>());

  const answers = useQueries({
    queries: ids.map((id) => {
      const isKept = card.id > 0 && dashboard.dashcards.some((one) => one.id === card.id && (one.card_id === id || one.series?.some((other) => other.id === id)));
      const parameters = isKept ? sentParameters(card, id, dashboard.parameters, values) : [];
      const path = isKept ? answerPath(dashboard.id, card.id, id) : `/api/card/${id}/query`;

      return {
        queryKey: answerKey(path, parameters, round),
        queryFn: ({ signal }: { signal: AbortSignal }) => askCard(path, parameters, signal),
        placeholderData: () => last.current.get(id),
        staleTime: 60_000,
        retry: false,
      };
    }),
  });

  useEffect(() => {
    answers.forEach(({ data, isPlaceholderData }, index) => {
      const id = ids[index];
      if (id === undefined || !data || isPlaceholderData) return;
      if (data.status === 'completed') last.current.set(id, data);
      else last.current.delete(id);
    });
  });
  return answers;
}

export const loadDashboardChoices =
  ({ id, parameters }: Dashboard, values: FilterValues) =>
  async (parameter: FilterParameter, search: string): Promise<Choices> => {
    const end = search ? `search/${encodeURIComponent(search)}` : 'values';
    const parents = (parameter.filteringParameters ?? []).flatMap((parent): [string, string][] => {
      const known = parameters.some((one) => one.id === parent) && !isNothing(values[parent]);
      return known ? [[parent, String(values[parent])]] : [];
    });

    return get<Choices>(`/api/dashboard/${id}/params/${parameter.id}/${end}`, Object.fromEntries(parents));
  };

/** Columns that a filter acts on, in what is not saved yet. */
const fieldsOf = (id: string, cards: readonly Dashcard[]): number[] =>
  cards.flatMap(({ parameter_mappings }) =>
    parameter_mappings.flatMap(({ parameter_id, target }) => {
      const field = parameter_id === id && Array.isArray(target) && Array.isArray(target[1]) && target[1][0] === 'field' ? target[1][1] : null;
      return typeof field === 'number' ? [field] : [];
    }),
  );

/** The column of a saved question, when it acts on one: its values are in that question. */
function namedIn(id: string, cards: readonly Dashcard[]): Pick<Parameter, 'values_source_type' | 'values_source_config'> | null {
  const found = cards.flatMap(({ card, parameter_mappings }) =>
    parameter_mappings.flatMap(({ parameter_id, target }) => {
      const value_field = parameter_id === id && Array.isArray(target) && target[0] === 'dimension' ? (target[1] as unknown[]) : null;
      const card_id = card && value_field?.[0] === 'field' && typeof value_field[1] === 'string' ? savedSourceOf(card) : null;
      return card_id ? [{ card_id, value_field }] : [];
    }),
  );

  return found[0] ? { values_source_type: 'card', values_source_config: found[0] } : null;
}

const seriesOf = (id: number | null) => ({ queryKey: ['series', id], queryFn: () => get<Question[]>(`/api/card/${id}/series`) });

/** Questions that can be drawn over the one of a card. */
export const useSeries = (id: number | null) => useQuery(seriesOf(id));

/** By card, the questions drawn over it that ask the same table: filters act on them as on the first one. */
export const useSameTable = (cards: readonly Dashcard[]): Map<number, number[]> => {
  const layered = cards.filter(({ series }) => series?.length);

  return useQueries({
    queries: layered.map(({ card_id }) => seriesOf(card_id)),
    combine: (results) => new Map(layered.map((card, index) => [card.id, sameTable(card, results[index]?.data ?? [])] as const)),
  });
};

export function sameTable({ card }: Dashcard, found: readonly Question[]): number[] {
  const table = card?.table_id ?? null;

  return table === null ? [] : found.filter(({ table_id }) => table_id === table).map(({ id }) => id);
}

/** Values to choose from for a filter that is being made. */
export const choicesOfNew =
  (parameter: Parameter, cards: readonly Dashcard[]) =>
  async (_: FilterParameter, search: string): Promise<Choices> => {
    const end = search ? `search/${encodeURIComponent(search)}` : 'values';
    const field_ids = [...new Set(fieldsOf(parameter.id, cards))];
    const named = field_ids.length || parameter.values_source_type ? null : namedIn(parameter.id, cards);

    if (!field_ids.length && !parameter.values_source_type && !named) return { values: [], has_more_values: false };
    return post<Choices>(`/api/dataset/parameter/${end}`, { parameter: { ...parameter, ...named }, field_ids });
  };

/** A card as it is sent: overlaid questions by their numbers. */
export type SavedDashcard = Partial<Omit<Dashcard, 'series'>> & { series?: { id: number }[] };

export interface DashboardChange {
  id?: number;
  name?: string;
  description?: string | null;
  collection_id?: number | null;
  archived?: boolean;
  width?: string;
  auto_apply_filters?: boolean;
  parameters?: Parameter[];
  dashcards?: SavedDashcard[];
  tabs?: { id: number; name: string }[];
}

export function useDashboardSaving() {
  const client = useQueryClient();

  return useMutation({
    mutationFn: ({ id, ...change }: DashboardChange) => (id ? put<Dashboard>(`/api/dashboard/${id}`, change) : post<Dashboard>('/api/dashboard', change)),
    onSuccess: (dashboard) => {
      client.setQueryData(dashboardKey(dashboard.id), dashboard);
      return Promise.all(['items', 'dashboards'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}

export interface DashboardCopy {
  name: string;
  collection_id: number | null;
  /** With copies of its questions, or the same questions again. */
  is_deep_copy: boolean;
}

export const copyDashboard = (id: number, copy: DashboardCopy) => post<Dashboard>(`/api/dashboard/${id}/copy`, copy);
