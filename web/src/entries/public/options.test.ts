import { expect, it } from 'vitest';
import { readOptions } from './options';

it('leaves a page to its reader, and a frame to its page', () => {
  expect(readOptions('', false)).toMatchObject({ theme: '', isBordered: false, isTitled: true, hasGround: true, hasDownloads: true, refresh: 0 });
  expect(readOptions('', true)).toMatchObject({ theme: 'light', isBordered: true });
  expect(readOptions('#theme=auto', true).theme).toBe('');
});

it('reads what a frame asks for', () => {
  const hash = '#bordered=false&titled=false&theme=night&hide_parameters=state,city&refresh=60&fullscreen&locale=fr&font=Lato&background=false';

  expect(readOptions(hash, true)).toEqual({
    isFramed: true,
    isBordered: false,
    isTitled: false,
    theme: 'dark',
    hasGround: false,
    hiddenFilters: ['state', 'city'],
    refresh: 60,
    isFull: true,
    locale: 'fr',
    hasDownloads: true,
  });
});

it('hides files in the old words and in the new', () => {
  expect(readOptions('#hide_download_button=true', true).hasDownloads).toBe(false);
  expect(readOptions('#downloads=false', true).hasDownloads).toBe(false);
  expect(readOptions('#downloads=pdf', true).hasDownloads).toBe(false);
  expect(readOptions('#downloads=results', true).hasDownloads).toBe(true);
});

it('does not let a frame ask at every moment', () => {
  expect(readOptions('#refresh=1', true).refresh).toBe(5);
  expect(readOptions('#refresh=soon', true).refresh).toBe(0);
});
