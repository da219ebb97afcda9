// Content as files: what an archive would do, and doing it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postForm, put } from '../../../api/client';

export interface Change {
  key: string;
  before: unknown;
  after: unknown;
}

export interface Step {
  act: 'created' | 'changed' | 'trashed';
  model: string;
  name: string;
  path: string | null;
  entity_id: string;
  id: number | null;
  is_public: boolean;
  changes: Change[];
}

export interface Problem {
  path: string | null;
  line: number | null;
  message: string;
}

export interface Plan {
  unchanged: number;
  /** Collections that files alone change from then on. */
  managed: number;
  created: number;
  changed: number;
  trashed: number;
  problems: Problem[];
  more_problems: number;
  steps: Step[];
}

export interface Order {
  file: File;
  prune: boolean;
  manage: boolean;
}

function send({ file, prune, manage }: Order, isDry: boolean): Promise<Plan> {
  const form = new FormData();

  form.append('file', file);
  return postForm(`/api/vigie/content/files?dry_run=${isDry}&prune=${prune}&managed=${manage}`, form);
}

/** What would be done: nothing is changed. */
export const useLook = () => useMutation({ mutationFn: (order: Order) => send(order, true) });

/** Anything may be another one afterwards. */
export function useApply(onDone: (plan: Plan) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (order: Order) => send(order, false),
    onSuccess: async (plan) => {
      onDone(plan);
      await client.invalidateQueries();
    },
  });
}

/** People may change it again. */
export function useRelease(onDone: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (id: number) => put(`/api/collection/${id}`, { is_remote_synced: false }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onDone();
    },
  });
}
