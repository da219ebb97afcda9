// Parts of the app that are downloaded when someone first goes there.
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { Spinner } from './progress';

/** A part, and how to have it downloaded before it is shown. */
export type Later<Props> = ((props: Props) => ReactNode) & { prepare: () => Promise<unknown> };

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>, waiting: ReactNode = <Spinner />): Later<Props> {
  let known: ComponentType<Props> | null = null;
  const prepare = async () => ({ default: (known = await load()) });
  const Part = lazy(prepare);

  function Shown(props: Props) {
    // What is here when the place is first drawn is drawn at once; a place never changes its mind.
    const [Known] = useState(() => known);

    if (Known) return <Known {...props} />;
    return (
      <Suspense fallback={waiting}>
        <Part {...props} />
      </Suspense>
    );
  }
  return Object.assign(Shown, { prepare });
}
