// The keys of the builder: arrows go from chip to chip and from step to step, A adds to a step, or comes here from the page.
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { hasLetterKeys } from '../../../lib/preferences';

const isTyping = (element: Element) => element.matches('input, textarea, select, [contenteditable=true]') || element.closest('[role=dialog], [role=listbox], [role=grid]') !== null;

const stepsIn = (root: Element) => [...root.querySelectorAll<HTMLElement>('[data-step]')];
const itemsIn = (step: Element | undefined) => [...(step?.querySelectorAll<HTMLElement>('[data-item] > button:first-of-type') ?? [])];
const addIn = (step: Element | null | undefined) => step?.querySelector<HTMLElement>('[data-item=add] > button');

function neighbour(root: Element, from: HTMLElement, key: string): HTMLElement | undefined {
  const step = from.closest('[data-step]') ?? undefined;
  const items = itemsIn(step);
  const at = items.indexOf(from);

  if (key === 'ArrowRight') return items[at + 1];
  if (key === 'ArrowLeft') return items[at - 1];
  const steps = stepsIn(root);
  const other = steps[steps.indexOf(step as HTMLElement) + (key === 'ArrowDown' ? 1 : -1)];
  return itemsIn(other)[0];
}

export function onBuilderKey(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;

  const isArrow = /^Arrow(Left|Right|Up|Down)$/.test(event.key);
  const next = isArrow ? neighbour(event.currentTarget, target, event.key) : event.key.toLowerCase() === 'a' && hasLetterKeys() ? addIn(target.closest('[data-step]')) : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (!isArrow) next.click();
}

/** Where nothing has the focus, A goes to the first step that can be added to. */
export function useWayIn(builder: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKey({ key, target, ctrlKey, metaKey, altKey }: globalThis.KeyboardEvent) {
      const isNowhere = target === document.body || (target as Element).matches('h1');
      if (key.toLowerCase() === 'a' && isNowhere && !ctrlKey && !metaKey && !altKey && hasLetterKeys()) addIn(builder.current)?.focus();
    }

    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** After a chip is gone the keys go on from what adds to its step. */
export function focusStepOf(element: Element): void {
  const step = element.closest('[data-step]');

  requestAnimationFrame(() => addIn(step)?.focus());
}
