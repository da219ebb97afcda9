// What can be shared: a question or a dashboard, and its filters.
import { site } from '../../lib/site';

export interface Shared {
  id: number;
  name: string;
  description: string | null;
  public_uuid: string | null;
  enable_embedding: boolean;
  embedding_params: Record<string, string> | null;
  /** Of a dashboard. */
  tabs?: SharedTab[];
}

export interface SharedTab {
  id: number;
  name: string;
}

export interface SharedParameter {
  id: string;
  name: string;
  slug: string;
  type: string;
}

export const origin = () => location.origin + site.base;
