import { beforeEach, expect, it } from 'vitest';
import { readBoot, soon } from '.';

const shell = (text: string) => {
  document.body.innerHTML = `<script type="application/json" id="boot">${text}</script>`;
};

beforeEach(() => {
  document.body.innerHTML = '';
});

it('reads what the server wrote into the shell', () => {
  shell('{"base":"/stats"}');
  expect(readBoot<{ base: string }>()).toEqual({ base: '/stats' });
});

it('does without a shell, and without its data', () => {
  expect(readBoot()).toEqual({});
  shell('%BOOT%');
  expect(readBoot()).toEqual({});
});

it('waits for something, for what fails, and never long', async () => {
  await soon(Promise.resolve(), 60_000);
  await soon(Promise.reject(new Error('no')), 60_000);
  await soon(new Promise(() => {}), 1);
});
