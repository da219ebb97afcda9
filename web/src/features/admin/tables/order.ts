/** The same numbers, one of them a step further up or down. */
export function movedInOrder(ids: readonly number[], id: number, step: number): number[] {
  const others = ids.filter((one) => one !== id);
  const place = Math.min(others.length, Math.max(0, ids.indexOf(id) + step));

  return [...others.slice(0, place), id, ...others.slice(place)];
}
