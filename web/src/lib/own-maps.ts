// Maps that administrators added, as the server keeps them.
import { get } from '../api/client';
import { ApiError } from '../api/errors';

/** Nothing when there is none of that name. */
export async function loadOwnMap(region: string): Promise<unknown> {
  try {
    return await get<unknown>(`/api/geojson/${encodeURIComponent(region)}`);
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return null;
    throw error;
  }
}
