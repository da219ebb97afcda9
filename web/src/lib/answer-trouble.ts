// Why a question has no answer, in the reader's language where the reason is one that we know.
import { msg, type Translate } from '../shared/i18n';

const reasons: [pattern: RegExp, sentence: string][] = [
  [/there is no saved question \d+/, msg('A saved question that this one reads from is not there any more.')],
  [/there is no table \d+/, msg('A table that this question reads from is not there any more.')],
  [/field \d+ is not in the source|there is no field \d+/, msg('A column that this question uses is not there any more.')],
];

/** What the database says itself is left as it is. */
export function answerTrouble(t: Translate, error: string | undefined): string {
  const known = reasons.find(([pattern]) => pattern.test(error ?? ''));

  return known ? t(known[1]) : (error ?? '');
}
