// Printing at the press of a button.

/**
 * Tables become as long as paper takes before it is laid out. The browser says so only once it prints, and waits for
 * nothing that a press has begun: so they are told before.
 */
export function printPage(): void {
  dispatchEvent(new Event('beforeprint'));
  setTimeout(() => print());
}
