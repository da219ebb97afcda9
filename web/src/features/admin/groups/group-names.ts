// The two groups that always exist keep their English names on the server: programs know them.
import type { Group } from '../../../api/types';
import { msg, type Translate } from '../../../shared/i18n';

export const everyoneId = 1;
export const administratorsId = 2;

const fixed: Record<number, string> = {
  [everyoneId]: msg('Everyone'),
  [administratorsId]: msg('Administrators'),
};

export const isFixed = ({ id }: Pick<Group, 'id'>) => id in fixed;

export const groupName = (t: Translate, { id, name }: Pick<Group, 'id' | 'name'>) => t(fixed[id] ?? name);
