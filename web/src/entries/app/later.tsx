// Parts of the app that are downloaded when someone first goes there.
import { type ComponentType, lazy, Suspense } from 'react';
import { Spinner } from '../../ui';

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Page = lazy(async () => ({ default: await load() }));

  return function Later(props: Props) {
    return (
      <Suspense fallback={<Spinner />}>
        <Page {...props} />
      </Suspense>
    );
  };
}
