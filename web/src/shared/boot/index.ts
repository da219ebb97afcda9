// What the server wrote into the shell of the page.
export { soon } from './soon';

const read = new WeakMap<Element, object>();

function parsed(text: string | null): object {
  try {
    return JSON.parse(text ?? '') as object;
  } catch {
    // A shell without its data still has to say something: every reader has a default.
    return {};
  }
}

/** It is long and has several readers: the first of them parses it. */
export function readBoot<Boot>(): Partial<Boot> {
  const place = document.getElementById('boot');
  if (!place) return {};

  const boot = read.get(place) ?? parsed(place.textContent);
  read.set(place, boot);
  return boot as Partial<Boot>;
}
