import { beforeEach, expect, it } from 'vitest';
import { readBoot } from '.';

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
