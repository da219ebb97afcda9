// The record of who did what.
import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client';
import type { AuditEvent } from '../../../api/types';

export const pageSize = 50;

export const useAudit = (page: number) =>
  useQuery({
    queryKey: ['audit', page],
    queryFn: () =>
      get<{ data: AuditEvent[]; total: number }>('/api/activity/audit', {
        limit: pageSize,
        offset: page * pageSize,
      }),
    placeholderData: (previous) => previous,
  });
