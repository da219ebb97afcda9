// A dashboard as it is stored: cards on a grid of 24 columns. The keys are Metabase's.
import type { Settings } from '../data/types';

export interface CardDefinition {
  id: number;
  name: string;
  description: string | null;
  display: string;
  visualization_settings: Settings;
}

export interface Dashcard {
  id: number;
  card_id: number | null;
  card: Partial<CardDefinition>;
  series: CardDefinition[];
  row: number;
  col: number;
  size_x: number;
  size_y: number;
  dashboard_tab_id: number | null;
  parameter_mappings: { parameter_id: string; card_id?: number | null; target?: unknown }[];
  visualization_settings: Settings;
}

export interface DashboardTab {
  id: number;
  name: string;
  position: number;
}

export const hasQuestion = (dashcard: Dashcard): boolean => dashcard.card_id !== null;

/** What the dashboard says of a card wins over what the question says; columns and series keep both. */
export function settingsOf({ card, visualization_settings: own }: Dashcard): Settings {
  const base = card.visualization_settings ?? {};
  const both = (key: string) => {
    const [below, above] = [base[key], own[key]] as (Record<string, object> | undefined)[];
    return { ...below, ...Object.fromEntries(Object.entries(above ?? {}).map(([name, one]) => [name, { ...below?.[name], ...one }])) };
  };

  return { ...base, ...own, column_settings: both('column_settings'), series_settings: both('series_settings') };
}

export function titleOf({ card, visualization_settings: own }: Dashcard): string {
  const title = own['card.title'];

  return typeof title === 'string' && title ? title : (card.name ?? '');
}

export function descriptionOf({ card, visualization_settings: own }: Dashcard): string | null {
  const text = own['card.description'];

  return typeof text === 'string' ? text : (card.description ?? null);
}
