// What stands for {{name}} in a text: the values of the filter that is tied to the name.
import { asList, type FilterParameter, type FilterValues, speakFilterValue } from '../filters';
import type { I18n } from '../i18n';

interface Mapping {
  parameter_id: string;
  target?: unknown;
}

export const textValues = (i18n: I18n, parameters: readonly FilterParameter[], mappings: readonly Mapping[], values: FilterValues): Record<string, string> =>
  Object.fromEntries(
    mappings.flatMap(({ parameter_id, target }) => {
      const known = parameters.find(({ id }) => id === parameter_id);
      const value = values[parameter_id];
      return Array.isArray(target) && target[0] === 'text-tag' ? [[String(target[1]), known ? speakFilterValue(i18n, known, value) : asList(value).join(', ')]] : [];
    }),
  );
