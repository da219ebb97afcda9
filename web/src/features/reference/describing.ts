// The column of descriptions; none when nobody has described anything yet.
import type { Translate } from '../../shared/i18n';
import type { Column } from '../../ui';

interface Described {
  description: string | null;
}

export function describing<Row extends Described>(t: Translate, rows: Row[]): Column<Row>[] {
  const isUsed = rows.some(({ description }) => description);

  return isUsed ? [{ label: t('Description'), cell: ({ description }) => description }] : [];
}
