// Short news at the bottom of the page, with Undo when there is something to undo. The place for them comes with the first.
import { useSyncExternalStore } from 'react';
import { later } from './later';

export interface News {
  text: string;
  undo?: () => void;
}

const load = () => import('./toast-region');
const ToastRegion = later(async () => (await load()).ToastRegion, null);
const listeners = new Set<() => void>();
let hasNews = false;

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const prepareToasts = ToastRegion.prepare;

export function showToast(text: string, undo?: () => void): void {
  hasNews = true;
  for (const tell of listeners) tell();
  void load().then(({ addNews }) => addNews({ text, ...(undo && { undo }) }));
}

export function Toasts() {
  return useSyncExternalStore(subscribe, () => hasNews) && <ToastRegion />;
}
