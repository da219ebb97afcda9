import { QueryClientProvider } from '@tanstack/react-query';
import { findByText } from '@testing-library/dom';
import { afterEach, it, vi } from 'vitest';
import { render } from '../../test/render';
import { get } from '../api/client';
import { newQueryClient, sessionKeys, useCurrentUser, useSessionEnd } from './session';

afterEach(() => vi.unstubAllGlobals());

function Who() {
  useSessionEnd();
  const user = useCurrentUser();

  return <p>{user.data?.common_name ?? (user.isError ? 'nobody' : 'waiting')}</p>;
}

it('forgets the person when any request finds that the session is over', async () => {
  const client = newQueryClient();
  const sayNo = () => Promise.resolve(new Response('Unauthenticated', { status: 401 }));

  vi.stubGlobal('fetch', vi.fn(sayNo));
  client.setQueryData(sessionKeys.user, { common_name: 'Ada' });
  const place = render(
    <QueryClientProvider client={client}>
      <Who />
    </QueryClientProvider>,
  );
  await findByText(place, 'Ada');
  // Effects, which listen for the end of the session, run a moment after the first drawing.
  await new Promise((resolve) => setTimeout(resolve, 50));

  await client.fetchQuery({ queryKey: ['people'], queryFn: () => get('/api/user') }).catch(() => null);
  await findByText(place, 'nobody');
});
