import { expect, it } from 'vitest';
import { downloadKinds } from '../../shared/card';
import { readOptions } from './options';

it('leaves a page to its reader, and a frame to its page', () => {
  expect(readOptions('', false)).toMatchObject({ theme: '', isBordered: false, isTitled: true, hasGround: true, downloads: downloadKinds, refresh: 0 });
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
    font: '',
    hasGround: false,
    hiddenFilters: ['state', 'city'],
    refresh: 60,
    isFull: true,
    locale: 'fr',
    downloads: downloadKinds,
  });
});

it('hides files in the old words and in the new', () => {
  expect(readOptions('#hide_download_button=true', true).downloads).toEqual([]);
  expect(readOptions('#downloads=false', true).downloads).toEqual([]);
  expect(readOptions('#downloads=pdf', true).downloads).toEqual([]);
  expect(readOptions('#downloads=results', true).downloads).toEqual(downloadKinds);
  expect(readOptions('#downloads=pdf,results', true).downloads).toEqual(downloadKinds);
  expect(readOptions('#downloads=png,csv,exe', true).downloads).toEqual(['csv', 'png']);
});

it('takes typefaces of the reader, and none that would have to be fetched', () => {
  expect(readOptions('#font=Serif', true).font).toBe('ui-serif, serif');
  expect(readOptions('#font=system-ui', true).font).toBe('system-ui, sans-serif');
  expect(['Lato', 'Public%20Sans', 'constructor', 'url(https://x.example/a.woff2)', ''].map((word) => readOptions(`#font=${word}`, true).font)).toEqual(['', '', '', '', '']);
});

it('knows the older word for dark colours', () => {
  expect(readOptions('#night', false).theme).toBe('dark');
  expect(readOptions('#night=false', false).theme).toBe('');
  expect(readOptions('#night&theme=light', false).theme).toBe('light');
});

it('does not let a frame ask at every moment', () => {
  expect(readOptions('#refresh=1', true).refresh).toBe(5);
  expect(readOptions('#refresh=soon', true).refresh).toBe(0);
});
