// Draws a component into a fresh place. The same file serves React and Preact: both have createRoot.
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

export function render(node: ReactNode): HTMLElement {
  const place = document.body.appendChild(document.createElement('div'));

  createRoot(place).render(node);
  return place;
}
