// A published dashboard.
import { useMemo, useState } from 'react';
import { type Dashcard, descriptionOf, hasQuestion, overlay, settingsOf, tabId, Tabs, titleOf } from '../../shared/dashboard';
import type { Chosen, Data, Settings } from '../../shared/data';
import { type FilterParameter, type FilterValues, isNothing } from '../../shared/filters';
import { GridView, textValues, virtualDisplay, WordsCard } from '../../shared/grid-view';
import { useI18n } from '../../shared/i18n';
import { type Answers, hasStale, oldest, type Piece, pieceKey, useAnswers } from './answers';
import type { PublicBoot, PublishedDashboard } from './definition';
import { clicked, invitesClicks } from './clicks';
import { Figure } from './figure';
import type { Rows } from './first-rows';
import type { Options } from './options';
import { OutsideLink } from './outside-link';
import { Page } from './page';
import { allRows, fileOfCard, isSigned, rowsOfCard, type Source } from './source';
import { useFilters } from './use-filters';
import { useTab } from './use-tab';

export type DashboardBoot = Extract<PublicBoot, { kind: 'dashboard' }>;

const cardsOf = ({ card_id, card, series }: Dashcard): { id: number; name: string; display: string }[] =>
  [{ id: card_id ?? 0, name: card.name ?? '', display: card.display ?? 'table' }, ...series];

function piecesOf({ dashcards }: PublishedDashboard, source: Source): Piece[] {
  return dashcards.filter(hasQuestion).flatMap((dashcard) =>
    cardsOf(dashcard).map((card) => ({
      key: pieceKey(dashcard.id, card.id),
      filters: dashcard.parameter_mappings.filter(({ card_id: only }) => only === card.id || only === null || only === undefined).map(({ parameter_id }) => parameter_id),
      path: (values) => rowsOfCard(source, values, dashcard.id, card.id, card.display),
    })),
  );
}

/** On a tab, the filters that touch nothing there are not shown. */
function filtersOn(cards: readonly Dashcard[], { parameters, tabs }: PublishedDashboard) {
  const used = new Set(cards.flatMap(({ parameter_mappings }) => parameter_mappings.map(({ parameter_id }) => parameter_id)));

  return tabs.length > 1 ? parameters.filter(({ id }) => used.has(id)) : parameters;
}

/** The kinds of pictures that the page shows, with their settings. */
export const looksOf = ({ dashcards }: PublishedDashboard): { display: string; settings: Settings }[] =>
  dashcards.filter(hasQuestion).map((dashcard) => ({ display: displayOf(dashcard), settings: settingsOf(dashcard) }));

interface DashboardPageProps {
  boot: DashboardBoot;
  options: Options;
  first: Rows | undefined;
}

export function DashboardPage({ boot, options, first }: DashboardPageProps) {
  const { definition, base, data, site } = boot;
  const source = useMemo(() => ({ base, data, parameters: definition.parameters }), [base, data, definition]);
  const pieces = useMemo(() => piecesOf(definition, source), [definition, source]);
  const [stream] = useState(() => (values: Record<string, unknown>) => allRows(source, values));
  const filters = useFilters(definition.parameters, definition.auto_apply_filters);
  const { answers, retry } = useAnswers({ pieces, values: filters.values, stream, first, refresh: options.refresh });
  const [tab, setTab] = useTab(definition.tabs, isSigned(data));
  const isTabbed = definition.tabs.length > 1 && tab !== null;
  const cards = definition.dashcards.filter((card) => tab === null || card.dashboard_tab_id === tab);

  return (
    <Page
      title={definition.name}
      description={definition.description}
      site={site}
      about={boot.about}
      options={options}
      isWide={definition.width === 'full'}
      source={source}
      parameters={filtersOn(cards, definition)}
      filters={filters}
      tabs={isTabbed && <Tabs tabs={definition.tabs} current={tab} onChange={setTab} panel={panel} />}
      from={oldest(answers)}
      isStale={hasStale(answers)}
    >
      <Panel tab={isTabbed ? tab : null}>
        <GridView cards={cards} kindOf={kindOf}>
          {(dashcard) =>
            hasQuestion(dashcard) ? (
              <QuestionCard
                dashcard={dashcard}
                answers={answers}
                onClicked={(settings, data, chosen) => {
                  const { filters: change, address } = clicked(settings, data, chosen, definition.parameters, filters.values);
                  if (change) filters.decide({ ...filters.draft, ...change });
                  if (address) open(address, '_blank', 'noopener,noreferrer');
                }}
                downloads={options.downloads}
                isFiltered={dashcard.parameter_mappings?.some(({ parameter_id }) => !isNothing(filters.values[parameter_id])) ?? false}
                fileAddress={(kind) => fileOfCard(source, filters.values, dashcard.id, dashcard.card_id ?? 0, kind)}
                onRetry={() => cardsOf(dashcard).forEach(({ id }) => retry(pieceKey(dashcard.id, id)))}
              />
            ) : (
              <Written dashcard={dashcard} parameters={definition.parameters} values={filters.values} frames={boot.frames} />
            )
          }
        </GridView>
      </Panel>
    </Page>
  );
}

const displayOf = ({ card, visualization_settings: own }: Dashcard) => String(own.display ?? card.display ?? 'table');
const kindOf = (dashcard: Dashcard) => virtualDisplay(dashcard.visualization_settings) ?? displayOf(dashcard);

const panel = 'cards';

/** What a tab chooses; without tabs there is nothing around the cards. */
function Panel({ tab, children }: { tab: number | null; children: React.ReactNode }) {
  if (tab === null) return children;
  return (
    <div id={panel} role="tabpanel" aria-labelledby={tabId(panel, tab)}>
      {children}
    </div>
  );
}

interface WrittenProps {
  dashcard: Dashcard;
  parameters: readonly FilterParameter[];
  values: FilterValues;
  frames: string;
}

/** Addresses of the site are for those who sign in: strangers get those that lead outside. */
function Written({ dashcard, parameters, values, frames }: WrittenProps) {
  const i18n = useI18n();
  const display = virtualDisplay(dashcard.visualization_settings);

  if (display === 'link') return <OutsideLink settings={dashcard.visualization_settings} />;
  if (display === 'iframe') return <WordsCard settings={dashcard.visualization_settings} frameHosts={frames} />;
  if (display !== 'text' && display !== 'heading') return null;
  return <WordsCard settings={dashcard.visualization_settings} values={textValues(i18n, parameters, dashcard.parameter_mappings, values)} />;
}

interface QuestionCardProps {
  dashcard: Dashcard;
  answers: Answers;
  downloads: React.ComponentProps<typeof Figure>['downloads'];
  isFiltered: boolean;
  onClicked: (settings: Settings, data: Data, chosen: Chosen) => void;
  fileAddress: React.ComponentProps<typeof Figure>['fileAddress'];
  onRetry: () => void;
}

function QuestionCard({ dashcard, answers, onClicked, ...others }: QuestionCardProps) {
  const own = cardsOf(dashcard).map(({ id, name }) => ({ name, answer: answers[pieceKey(dashcard.id, id)] }));
  const [first] = own;
  const layers = own.flatMap(({ name, answer }) => (answer?.data ? [{ name, data: answer.data }] : []));
  const isWhole = layers.length === own.length;
  const data = useMemo(() => (isWhole ? overlay(layers) : undefined), [isWhole, ...layers.map((layer) => layer.data)]);
  const settings = useMemo(() => settingsOf(dashcard), [dashcard]);
  const isNumbers = own.length > 1 && data?.cols[0]?.name === 'name' && displayOf(dashcard) === 'scalar';

  return (
    <Figure
      {...others}
      title={titleOf(dashcard)}
      description={descriptionOf(dashcard)}
      display={isNumbers ? 'bar' : displayOf(dashcard)}
      settings={settings}
      onChoose={data && invitesClicks(settings) ? (chosen) => onClicked(settings, data, chosen) : undefined}
      answer={first?.answer}
      data={data}
      isLoading={own.some(({ answer }) => answer?.isLoading ?? true)}
    />
  );
}
