// What stands for {{name}} in a text: the values of the filter that is tied to the name.
import { asList, type FilterValues } from '../filters';

interface Mapping {
  parameter_id: string;
  target?: unknown;
}

export const textValues = (mappings: readonly Mapping[], values: FilterValues): Record<string, string> =>
  Object.fromEntries(
    mappings.flatMap(({ parameter_id, target }) =>
      Array.isArray(target) && target[0] === 'text-tag' ? [[String(target[1]), asList(values[parameter_id]).join(', ')]] : [],
    ),
  );
