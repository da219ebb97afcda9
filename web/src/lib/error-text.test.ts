import { expect, it } from 'vitest';
import { ApiError } from '../api/errors';
import { translator } from '../shared/i18n';
import { errorText, fieldTexts, formText } from './error-text';

const t = translator('en', {});

it('says known sentences of the server in our words', () => {
  const error = new ApiError('unauthenticated', 401, '', { password: 'did not match stored password' });

  expect(fieldTexts(t, error).password).toMatch(/not the right one/);
});

it('keeps what the server says about the whole, unless it says nothing useful', () => {
  expect(errorText(t, new ApiError('invalid', 400, 'could not connect'))).toBe('could not connect');
  expect(errorText(t, new ApiError('missing', 404, 'Not found.'))).toMatch(/no longer exists/);
});

it('says what to do behind what happened', () => {
  const error = new ApiError('invalid', 400, '', { port: 'nothing answers at this address and port' }, 0, undefined, 'Check the port.');

  expect(fieldTexts(t, error).port).toBe('Nothing answers at this address and port. Check the port.');
  expect(errorText(t, new ApiError('invalid', 400, 'could not connect', {}, 0, undefined, 'Try again.'))).toBe('could not connect. Try again.');
});

it('never shows the inside of a broken server', () => {
  expect(errorText(t, new ApiError('server', 500, 'NullPointerException'))).toMatch(/went wrong/);
  expect(errorText(t, new TypeError('x is undefined'))).toMatch(/went wrong/);
});

it('puts under the form only what stands next to no input', () => {
  const error = new ApiError('invalid', 400, 'invalid', { email: 'taken', token: 'too old' });

  expect(formText(t, error, ['email'])).toBe('too old');
  expect(formText(t, error, ['email', 'token'])).toBe('');
  expect(formText(t, null, [])).toBe('');
});
