/** What is wrong in a long form may be out of sight: the first field that is gets the focus, once it says so. */
export function goToTrouble(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus());
}
