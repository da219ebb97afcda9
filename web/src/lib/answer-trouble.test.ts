import { expect, it } from 'vitest';
import { messages } from '../locales/fr.po';
import { translator } from '../shared/i18n';
import { answerTrouble } from './answer-trouble';

const t = translator('fr', messages);

it('says what is gone, and leaves the words of the database alone', () => {
  expect(answerTrouble(t, 'query: there is no saved question 27')).toBe('Une question enregistrée que celle-ci lit n’existe plus.');
  expect(answerTrouble(t, 'query.source-table: there is no table 7')).toBe('Une table que cette question lit n’existe plus.');
  expect(answerTrouble(t, 'SQLite: no such table: nowhere')).toBe('SQLite: no such table: nowhere');
});
