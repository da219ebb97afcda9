// A first look at a table, a column or a question, as a dashboard that the server made up. It can be kept.
import { Link, useLocation } from 'wouter';
import { errorText } from '../../lib/error-text';
import { useWidePage } from '../../lib/wide-page';
import { Card } from '../../shared/card';
import { settingsOf } from '../../shared/dashboard';
import { GridView, virtualDisplay, WordsCard } from '../../shared/grid-view';
import { useI18n } from '../../shared/i18n';
import { Button, EmptyState, Loaded, PageHeader, showToast } from '../../ui';
import { cardAddress, useCardDrill } from '../question';
import { type Made, type MadeCard, useKeeping, useMadeAnswer, useXray } from './queries';

const kindOf = ({ card, visualization_settings }: MadeCard): string => virtualDisplay(visualization_settings) ?? card?.display ?? 'table';

export function XrayPage({ path }: { path: string }) {
  useWidePage();

  return <Loaded query={useXray(path)}>{(made) => <Look made={made} />}</Loaded>;
}

function Look({ made }: { made: Made }) {
  const { t } = useI18n();

  return (
    <>
      <PageHeader
        title={made.name}
        lead={made.description ?? t('Made up by itself from what the columns hold. Keep it, and it is a dashboard like any other.')}
        path={[{ label: t('Data'), href: '/browse/databases' }]}
        actions={<Keep made={made} />}
      />
      {made.dashcards.length ? (
        <GridView cards={made.dashcards} kindOf={kindOf}>
          {(card) => (card.card ? <MadeFigure made={card} /> : <WordsCard settings={card.visualization_settings} values={noValues} />)}
        </GridView>
      ) : (
        <EmptyState title={t('There is nothing to see here')}>{t('Nothing is known yet of what the columns hold.')}</EmptyState>
      )}
    </>
  );
}

const noValues = {};

function Keep({ made }: { made: Made }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const keeping = useKeeping();

  async function keep() {
    try {
      const { id } = await keeping.mutateAsync(made);
      showToast(t('Saved'));
      go(`/dashboard/${id}`);
    } catch (error) {
      showToast(errorText(t, error));
    }
  }
  return (
    <Button look="primary" isPending={keeping.isPending} onPress={() => void keep()}>
      {t('Keep this dashboard')}
    </Button>
  );
}

function MadeFigure({ made }: { made: MadeCard }) {
  const { t } = useI18n();
  const [, go] = useLocation();
  const answer = useMadeAnswer(made);
  const card = made.card as NonNullable<MadeCard['card']>;
  const settings = settingsOf({ ...made, card: { visualization_settings: card.visualization_settings }, series: [] });
  const failed = answer.data?.status === 'failed' ? answer.data.error : undefined;
  const error = answer.error ? errorText(t, answer.error) : failed;
  const data = error ? undefined : answer.data?.data;
  const further = useCardDrill(card, [], data, settings);
  const address = cardAddress(card, []);

  return (
    <>
      <Card
        title={card.name}
        description={card.description}
        href={address}
        renderLink={(href, title) => <Link href={href}>{title}</Link>}
        display={card.display}
        settings={settings}
        data={data}
        isLoading={answer.isFetching}
        error={error}
        onRetry={() => void answer.refetch()}
        onChoose={further.onChoose}
        onBrush={further.onBrush}
        actions={[{ label: t('Open the question'), run: () => go(address) }]}
      />
      {further.menu}
    </>
  );
}
