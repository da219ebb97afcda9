// What the server wrote into the shell of the page.
export { soon } from './soon';

export function readBoot<Boot>(): Partial<Boot> {
  const text = document.getElementById('boot')?.textContent ?? '';

  try {
    return JSON.parse(text) as Partial<Boot>;
  } catch {
    // A shell without its data still has to say something: every reader has a default.
    return {};
  }
}
