// A question on a dashboard: asked by itself, so that a slow or broken one holds up no other.
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { answerTrouble } from '../../lib/answer-trouble';
import { errorText } from '../../lib/error-text';
import type { Dashboard, Dashcard } from '../../lib/question-types';
import { Card } from '../../shared/card';
import { behaviorOf, hasClick, overlay, settingsOf } from '../../shared/dashboard';
import type { Chosen } from '../../shared/data';
import { type FilterValues, isNothing } from '../../shared/filters';
import { useI18n } from '../../shared/i18n';
import { type AppliedFilter, cardAddress, useCardDrill } from '../question';
import { useCardAnswers } from './queries';
import { useClick } from './use-click';

interface QuestionCardProps {
  dashboard: Dashboard;
  card: Dashcard;
  values: FilterValues;
  round: number;
  isEditing?: boolean;
  onFilter?: (change: FilterValues) => void;
}

export function QuestionCard({ dashboard, card, values, round, isEditing, onFilter }: QuestionCardProps) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const answers = useCardAnswers({ dashboard, card, values, round });
  const settings = settingsOf({ ...card, card: card.card ?? {}, series: [] });
  const names = [card.card?.name ?? '', ...(card.series ?? []).map(({ name }) => name)];
  const broken = answers.find((answer) => answer.error ?? answer.data?.status === 'failed');
  const error = broken && (broken.error ? errorText(t, broken.error) : answerTrouble(t, broken.data?.error));
  const layers = answers.flatMap((answer, index) => (answer.data?.data ? [{ name: names[index] ?? '', data: answer.data.data }] : []));
  const isWhole = layers.length === answers.length;
  const data = useMemo(() => (isWhole ? overlay(layers) : undefined), [isWhole, ...layers.map((layer) => layer.data)]);
  const untouched = dashboard.parameters.filter(({ id }) => !isNothing(values[id]) && !card.parameter_mappings.some(({ parameter_id }) => parameter_id === id));
  const description = typeof settings['card.description'] === 'string' ? settings['card.description'] : undefined;
  const click = useClick({ dashboard, values, settings, data, onFilter });
  const display = card.card?.display ?? 'table';
  const filters = appliedTo(card, dashboard, values);
  const address = card.card ? cardAddress(card.card, filters) : `/question/${card.card_id}`;
  // Questions laid over each other have no rows in common: there one goes on from none of them.
  const further = useCardDrill(card.card ?? null, filters, layers.length === 1 ? data : undefined, settings);
  const canGoOn = !isEditing && layers.length === 1;
  const isNumbers = layers.length > 1 && display === 'scalar';

  const takesClicks = hasClick(settings) || (canGoOn && behaviorOf(settings)?.type !== 'none');

  /** Where its author chose nothing, one goes on from what was clicked. */
  function choose(chosen: Chosen) {
    const { type } = behaviorOf(settings, data, chosen.column) ?? { type: 'actionMenu' };
    if (type !== 'actionMenu') click(chosen);
    else if (canGoOn) further.onChoose(chosen);
  }

  return (
    <>
      <Card
        title={String(settings['card.title'] ?? card.card?.name ?? '')}
        description={description ?? (untouched.length && !isEditing ? t('Not filtered by: {names}', { names: untouched.map(({ name }) => name).join(', ') }) : undefined)}
        href={isEditing ? undefined : address}
        renderLink={(href, title) => <Link href={href}>{title}</Link>}
        display={isNumbers ? 'bar' : display}
        settings={settings}
        data={error ? undefined : data}
        isLoading={answers.some(({ isFetching }) => isFetching)}
        error={error}
        isFiltered={filters.length > 0}
        onRetry={() => answers.forEach((answer) => void answer.refetch())}
        onChoose={!isEditing && takesClicks ? choose : undefined}
        onBrush={canGoOn ? further.onBrush : undefined}
        actions={isEditing ? [] : [{ label: t('Open the question'), run: () => go(address) }]}
      />
      {further.menu}
    </>
  );
}

/** The filters of the dashboard that act on this card, with their values. */
function appliedTo({ parameter_mappings }: Dashcard, { parameters }: Dashboard, values: FilterValues): AppliedFilter[] {
  return parameter_mappings.flatMap(({ parameter_id, target }) => {
    const parameter = parameters.find(({ id }) => id === parameter_id);
    const value = values[parameter_id];
    return parameter && !isNothing(value) ? [{ name: parameter.name, type: parameter.type, target, value }] : [];
  });
}

