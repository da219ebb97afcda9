// Periodic work of the server: what there is, how it went, when it is due.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put } from '../../../api/client';

export interface JobRun {
  id: number;
  status: string;
  cause: string;
  started_at: string | null;
  ended_at: string | null;
  rows: number | null;
  message: string | null;
}

export interface Job {
  name: string;
  description: string;
  schedule: string;
  schedule_given: boolean;
  timezone: string;
  make_up: boolean;
  next_run: string | null;
  problem: string | null;
  last_run: JobRun | null;
}

export const jobsKey = ['jobs'] as const;
const isRunning = (run: JobRun | null | undefined) => run?.status === 'running';
const soon = 2_000;

/** While something runs, its state is asked for again and again. */
export const useJobs = () =>
  useQuery({
    queryKey: jobsKey,
    queryFn: () => get<Job[]>('/api/vigie/job'),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(({ last_run }) => isRunning(last_run)) ? soon : false),
  });

export const useJobHistory = (name: string) =>
  useQuery({
    queryKey: [...jobsKey, name],
    queryFn: () => get<JobRun[]>(`/api/vigie/job/${encodeURIComponent(name)}/history`),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? soon : false),
  });

function useJobChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>, onDone: (answer: Answer) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: jobsKey });
      onDone(answer);
    },
  });
}

export const useRunJob = (onDone: (run: JobRun) => void) =>
  useJobChange((name: string) => post<JobRun>(`/api/vigie/job/${encodeURIComponent(name)}/run`), onDone);

/** `null`: the schedule that its file says. */
export const useScheduleJob = (name: string, onDone: () => void) =>
  useJobChange((schedule: string | null) => put(`/api/vigie/job/${encodeURIComponent(name)}/schedule`, { schedule }), onDone);
