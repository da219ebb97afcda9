// How values are written on this page.
import { useMemo } from 'react';
import type { Writing } from './value';
import { useI18n } from '../i18n';

export function useWriting(): Writing {
  const { locale, t } = useI18n();

  return useMemo(() => ({ locale, words: { yes: t('Yes'), no: t('No'), empty: '—' }, weekStart: 1 }), [locale, t]);
}
