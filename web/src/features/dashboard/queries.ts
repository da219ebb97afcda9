// What dashboards ask the server.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put } from '../../api/client';
import type { Answer, Dashboard, Dashcard, Parameter } from '../../lib/question-types';
import { type Choices, type FilterParameter, type FilterValues, isNothing } from '../../shared/filters';

export const dashboardKey = (id: number | string) => ['dashboard', String(id)] as const;

export const useDashboard = (id: string) => useQuery({ queryKey: dashboardKey(id), queryFn: () => get<Dashboard>(`/api/dashboard/${id}`) });

interface Sent {
  id: string;
  type: string;
  target: unknown;
  value: unknown;
}

/** Only what is wired to the card: turning another filter does not ask again. */
export function sentParameters(card: Dashcard, parameters: readonly Parameter[], values: FilterValues): Sent[] {
  return card.parameter_mappings.flatMap(({ parameter_id, target }) => {
    const parameter = parameters.find(({ id }) => id === parameter_id);
    const value = values[parameter_id];
    return parameter && !isNothing(value) ? [{ id: parameter.id, type: parameter.type, target, value }] : [];
  });
}

interface CardAsk {
  dashboard: Dashboard;
  card: Dashcard;
  values: FilterValues;
  round: number;
}

export function useCardAnswer({ dashboard, card, values, round }: CardAsk) {
  const parameters = sentParameters(card, dashboard.parameters, values);
  const path = card.id > 0 ? `/api/dashboard/${dashboard.id}/dashcard/${card.id}/card/${card.card_id}/query` : `/api/card/${card.card_id}/query`;

  return useQuery({
    queryKey: ['dashcard', path, parameters, round],
    queryFn: ({ signal }) => post<Answer>(path, { parameters: card.id > 0 ? parameters : [] }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
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

export interface DashboardChange {
  id?: number;
  name?: string;
  description?: string | null;
  collection_id?: number | null;
  archived?: boolean;
  width?: string;
  parameters?: Parameter[];
  dashcards?: Partial<Dashcard>[];
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

export const copyDashboard = (id: number, name: string) => post<Dashboard>(`/api/dashboard/${id}/copy`, { name });

/** Who saved last, as the server sees it now. */
export const latestVersion = async (id: number) => (await get<Dashboard>(`/api/dashboard/${id}`)).updated_at;
