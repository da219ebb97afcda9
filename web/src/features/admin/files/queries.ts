// Content as files: what an archive would do, and doing it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postForm } from '../../../api/client';

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
}

function send({ file, prune }: Order, isDry: boolean): Promise<Plan> {
  const form = new FormData();

  form.append('file', file);
  return postForm(`/api/vigie/content/files?dry_run=${isDry}&prune=${prune}`, form);
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
