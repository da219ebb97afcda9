// One database and what is done with it; removing databases, and bringing the sample back.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { get, post, put, remove } from '../../../api/client';
import type { ConnectedDatabase, Schedule, Table } from '../../../api/types';
import { databasesKey, isBeingRead } from '../../../lib/databases';
import { type Job, jobsKey, useJobs } from '../jobs/queries';

function useDatabaseChange<Input>(mutationFn: (input: Input) => Promise<unknown>, onSuccess: () => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: databasesKey });
      onSuccess();
    },
  });
}

export const useRemoveDatabase = (onDone: () => void) =>
  useDatabaseChange((id: number) => remove(`/api/database/${id}`), onDone);

export const useRestoreSample = (onDone: () => void) =>
  useDatabaseChange((_: void) => post('/api/database/sample_database'), onDone);

export const useDatabase = (id: number) =>
  useQuery({
    queryKey: [...databasesKey, id],
    queryFn: () => get<ConnectedDatabase & { tables: Table[] }>(`/api/database/${id}`, { include: 'tables', include_hidden: true }),
    refetchInterval: ({ state }) => (state.data && isBeingRead(state.data) ? 3_000 : false),
  });

export interface Health {
  status: 'ok' | 'error';
  message?: string;
}

export const useHealthCheck = (id: number) => useMutation({ mutationFn: () => get<Health>(`/api/database/${id}/healthcheck`) });

export type Work = 'sync_schema' | 'rescan_values' | 'discard_values';

export function useDatabaseWork(id: number, onDone: (work: Work) => void) {
  const client = useQueryClient();

  return useMutation({
    mutationFn: (work: Work) => post(`/api/database/${id}/${work}`),
    onSuccess: async (_, work) => {
      await Promise.all([databasesKey, jobsKey].map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone(work);
    },
  });
}

const readerOf = (id: number): string => `sync-${id}`;

/** The job that reads the tables of each database; what is known of a database is asked anew when its job has ended. */
export function useReadings(): (id: number) => Job | undefined {
  const client = useQueryClient();
  const jobs = useJobs().data;
  const running = (jobs ?? []).filter(({ last_run }) => last_run?.status === 'running').length;
  const before = useRef(running);

  useEffect(() => {
    if (running < before.current) void client.invalidateQueries({ queryKey: databasesKey });
    before.current = running;
  }, [running, client]);
  return (id) => jobs?.find(({ name }) => name === readerOf(id));
}

export const useReading = (id: number): Job | undefined => useReadings()(id);

export const useUploads = (id: number, onDone: () => void) =>
  useDatabaseChange((uploads: { enabled: boolean; schema_name?: string | null; table_prefix?: string | null }) => put(`/api/vigie/database/${id}/uploads`, uploads), onDone);

/** What words cannot say is sent as cron. */
export type SentSchedule = Schedule | { schedule_type: 'cron'; schedule_cron: string };

export const useSchedules = (id: number, onDone: () => void) =>
  useDatabaseChange((schedules: { metadata_sync?: SentSchedule; cache_field_values?: SentSchedule | null }) => put(`/api/database/${id}`, { schedules }), onDone);
