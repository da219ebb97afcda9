// The answers of the cards of a dashboard: asked one by one while one works with it, all at once when it is opened.
import type { QueryClient } from '@tanstack/react-query';
import { post, readLines } from '../api/client';
import { type FilterValues, isSent, sentValue } from '../shared/filters';
import type { Answer, Dashboard, Dashcard, Parameter } from './question-types';

interface Sent {
  id: string;
  type: string;
  target: unknown;
  value: unknown;
}

/** Only what is wired to the card: turning another filter does not ask again. */
export function sentParameters(card: Dashcard, question: number | null, parameters: readonly Parameter[], values: FilterValues): Sent[] {
  const own = card.parameter_mappings.filter(({ card_id }) => card_id === null || card_id === undefined || card_id === question);

  return own.flatMap(({ parameter_id, target }) => {
    const parameter = parameters.find(({ id }) => id === parameter_id);
    const value = values[parameter_id];
    return parameter && isSent(value) ? [{ id: parameter.id, type: parameter.type, target, value: sentValue(value) }] : [];
  });
}

/** The question of a card, and those that are drawn over it. */
export const questionsOf = ({ card_id, series = [] }: Dashcard): (number | null)[] => [card_id, ...series.map(({ id }) => id)];

export const answerPath = (dashboard: number, card: number, question: number | null) => `/api/dashboard/${dashboard}/dashcard/${card}/card/${question}/query`;

export const answerKey = (path: string, parameters: readonly Sent[], round: number) => ['dashcard', path, parameters, round] as const;

/** Answers that are on their way to this page, by their path and parameters. */
const awaited = new Map<string, Promise<Answer | null>>();
const nameOf = (path: string, parameters: readonly Sent[]) => JSON.stringify([path, parameters]);

/** Takes the answer from those that come together, each once; else asks for it alone. */
export async function askCard(path: string, parameters: readonly Sent[], signal: AbortSignal): Promise<Answer> {
  const name = nameOf(path, parameters);
  const coming = awaited.get(name);

  awaited.delete(name);
  return (await coming) ?? post<Answer>(path, { parameters }, signal);
}

interface Line {
  dashcard_id: number;
  card_id: number;
  result: Answer;
}

interface Expected {
  card: number;
  question: number | null;
  path: string;
  parameters: Sent[];
}

/** A pivot table is asked for its plain rows, which come alone. */
function expectedOf({ id, dashcards, parameters }: Dashboard, values: FilterValues): Expected[] {
  const cards = dashcards.filter(({ card_id, card }) => card_id !== null && card?.display !== 'pivot');

  return cards.flatMap((card) =>
    questionsOf(card).map((question) => ({ card: card.id, question, path: answerPath(id, card.id, question), parameters: sentParameters(card, question, parameters, values) })),
  );
}

/** Each answer is kept as it comes. The promise ends with the stream, well or not. */
export async function takeTogether(client: QueryClient, dashboard: Dashboard, values: FilterValues, stream: Promise<Response>): Promise<void> {
  const waiting = expectedOf(dashboard, values).map((one) => {
    let resolve: (answer: Answer | null) => void = () => {};
    awaited.set(nameOf(one.path, one.parameters), new Promise((settle) => (resolve = settle)));
    return { ...one, resolve };
  });

  try {
    await readLines<Line>(await stream, ({ dashcard_id, card_id, result }) => {
      const one = waiting.find(({ card, question }) => card === dashcard_id && question === card_id);
      if (!one) return;
      // Whoever has asked already gets it; for the others it is there when they ask.
      if (awaited.delete(nameOf(one.path, one.parameters))) client.setQueryData(answerKey(one.path, one.parameters, 0), result);
      one.resolve(result);
    });
  } finally {
    waiting.forEach(({ path, parameters, resolve }) => {
      awaited.delete(nameOf(path, parameters));
      resolve(null);
    });
  }
}
