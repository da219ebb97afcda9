// What is said beside figures of which small groups are left out.
import type { SmallCells } from '../../shared/data';
import type { Translate } from '../../shared/i18n';

export function smallNote(t: Translate, small: SmallCells | undefined): string | undefined {
  if (!small) return undefined;
  if (small.unknown) return t('Nothing is shown: how many rows a group counts is not known.');
  if (small.merged_row !== null) return t('Groups of fewer than {below} rows are put together.', { below: small.below });
  if (small.withheld_rows.length + small.left_out === 0) return undefined;
  return t('Figures of groups of fewer than {below} rows are withheld.', { below: small.below });
}
