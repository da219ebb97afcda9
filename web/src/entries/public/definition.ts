// What the server printed into the page.
import type { CardDefinition, Dashcard, DashboardTab } from '../../shared/dashboard';
import type { Data } from '../../shared/data';
import type { FilterParameter } from '../../shared/filters';
import type { About } from '../../shared/about';

export interface PublishedDashboard {
  id: number;
  name: string;
  description: string | null;
  parameters: FilterParameter[];
  tabs: DashboardTab[];
  dashcards: Dashcard[];
  width: string | null;
  auto_apply_filters: boolean;
}

export interface PublishedQuestion extends CardDefinition {
  parameters: FilterParameter[];
}

interface Common {
  base: string;
  locale: string;
  title: string;
  site: string;
  /** What the administrators say of all that is published. */
  about: About;
  /** Hosts whose pages cards may show. */
  frames: string;
  /** Where its data is: "/api/public/dashboard/UUID". */
  data: string;
}

export type PublicBoot =
  | (Common & { kind: 'dashboard'; definition: PublishedDashboard })
  | (Common & { kind: 'question'; definition: PublishedQuestion })
  | (Common & { kind: 'missing' | 'withdrawn' })
  | (Common & { kind: 'refused'; reason: string });

/** What a question answers. */
export interface Result {
  status: string;
  data: Data;
  started_at?: string;
  /** Of an answer that was kept: when it was made. */
  cached?: string | null;
  stale?: boolean;
  /** Of a failure: by which an administrator finds it. */
  reference?: string;
}

export interface Line {
  dashcard_id: number;
  card_id: number;
  result: Result;
}
