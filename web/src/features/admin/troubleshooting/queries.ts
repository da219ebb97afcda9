// What went wrong, or took long.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { LogLine } from './log-lines';

export interface Execution {
  id: number;
  started_at: string;
  /** Milliseconds. */
  running_time: number;
  result_rows: number;
  native: boolean;
  cache_hit: boolean;
  context: string | null;
  error: string | null;
  /** What a reader of a published page was told of the failure. */
  reference: string | null;
  executor: string | null;
  card_id: number | null;
  card_name: string | null;
  dashboard_id: number | null;
}

export type Trouble = 'failed' | 'slow';

/** From how many milliseconds on a question counts as slow. */
const slow = 2_000;

/** With a reference, only the failure that it names. */
export const useTroubles = (trouble: Trouble, reference: string) =>
  useQuery({
    queryKey: ['executions', trouble, reference],
    queryFn: () => get<Execution[]>('/api/vigie/execution', reference ? { reference } : trouble === 'failed' ? { failed: true } : { least_ms: slow }),
    staleTime: 0,
  });

export const useHealth = () => useQuery({ queryKey: ['health'], queryFn: () => get<{ status: string }>('/api/health'), staleTime: 0, retry: false });

export const useChain = () =>
  useQuery({ queryKey: ['audit', 'chain'], queryFn: () => get<{ intact: boolean }>('/api/activity/audit/verify'), staleTime: 0, retry: false });

export const useLog = () => useQuery({ queryKey: ['log'], queryFn: () => get<LogLine[]>('/api/util/logs'), staleTime: 0, retry: false });
