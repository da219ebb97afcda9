// A question on a dashboard: asked by itself, so that a slow or broken one holds up no other.
import { useLocation } from 'wouter';
import { Link } from 'wouter';
import { errorText } from '../../lib/error-text';
import type { Dashboard, Dashcard } from '../../lib/question-types';
import { Card } from '../../shared/card';
import { settingsOf } from '../../shared/dashboard';
import { type FilterValues, isNothing } from '../../shared/filters';
import { useI18n } from '../../shared/i18n';
import { useCardAnswer } from './queries';

interface QuestionCardProps {
  dashboard: Dashboard;
  card: Dashcard;
  values: FilterValues;
  round: number;
  isEditing?: boolean;
}

export function QuestionCard({ dashboard, card, values, round, isEditing }: QuestionCardProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const answer = useCardAnswer({ dashboard, card, values, round });
  const settings = settingsOf({ ...card, card: card.card ?? {}, series: [] });
  const failed = answer.data?.status === 'failed' ? answer.data.error : undefined;
  const error = answer.error ? errorText(t, answer.error) : failed;
  const untouched = dashboard.parameters.filter(({ id }) => !isNothing(values[id]) && !card.parameter_mappings.some(({ parameter_id }) => parameter_id === id));
  const description = typeof settings['card.description'] === 'string' ? settings['card.description'] : undefined;

  return (
    <Card
      title={String(settings['card.title'] ?? card.card?.name ?? '')}
      description={description ?? (untouched.length && !isEditing ? t('Not filtered by: {names}', { names: untouched.map(({ name }) => name).join(', ') }) : undefined)}
      href={isEditing ? undefined : `/question/${card.card_id}`}
      renderLink={(href, title) => <Link href={href}>{title}</Link>}
      display={card.card?.display ?? 'table'}
      settings={settings}
      data={error ? undefined : answer.data?.data}
      isLoading={answer.isFetching}
      error={error}
      onRetry={() => void answer.refetch()}
      actions={isEditing ? [] : [{ label: t('Open the question'), run: () => go(`/question/${card.card_id}`) }]}
    />
  );
}
