// A published question.
import { useMemo } from 'react';
import { kindOf } from '../../shared/charts';
import { isNothing } from '../../shared/filters';
import { hasStale, oldest, useAnswers } from './answers';
import type { PublicBoot } from './definition';
import { Figure } from './figure';
import type { Options } from './options';
import { Page } from './page';
import { fileOfQuestion, rowsOfQuestion } from './source';
import { useFilters } from './use-filters';
import styles from './page.module.css';

type QuestionBoot = Extract<PublicBoot, { kind: 'question' }>;

const key = 'question';

export function QuestionPage({ boot, options }: { boot: QuestionBoot; options: Options }) {
  const { definition, base, data, site } = boot;
  const { display, parameters } = definition;
  const source = useMemo(() => ({ base, data, parameters }), [base, data, parameters]);
  const pieces = useMemo(
    () => [{ key, filters: parameters.map(({ id }) => id), path: (values: Record<string, unknown>) => rowsOfQuestion(source, values, display) }],
    [parameters, source, display],
  );
  const filters = useFilters(parameters, true);
  const { answers, retry } = useAnswers({ pieces, values: filters.values, refresh: options.refresh });
  const answer = answers[key];

  return (
    <Page
      {...(!options.isTitled && { title: definition.name })}
      site={site}
      about={boot.about}
      options={options}
      isWide={false}
      source={source}
      parameters={parameters}
      filters={filters}
      from={oldest(answers)}
      isStale={hasStale(answers)}
    >
      <div className={styles.alone} data-kind={kindOf(display).display}>
        <Figure
          title={definition.name}
          description={options.isTitled ? definition.description : null}
          isUntitled={!options.isTitled}
          isAlone
          display={display}
          settings={definition.visualization_settings}
          answer={answer}
          data={answer?.data}
          isLoading={answer?.isLoading ?? true}
          downloads={options.downloads}
          isFiltered={Object.values(filters.values).some((value) => !isNothing(value))}
          fileAddress={(kind) => fileOfQuestion(source, filters.values, kind)}
          onRetry={() => retry(key)}
        />
      </div>
    </Page>
  );
}
