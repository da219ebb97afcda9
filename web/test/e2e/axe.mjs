// What axe finds wrong on a page, in words; the page must have none of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

// A dialog or an open list hides the page behind it from everyone: its landmarks and its h1 too.
const hiddenByOverlay = { region: { enabled: false }, 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false } };

/** What the dark may break: the rest is the same in both looks, and every page is looked at whole in each (every-page.mjs). */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** In light and in dark. */
export async function accessible(page) {
  const isOverlay = (await page.locator('[role=dialog], [role=menu], [role=listbox]').count()) > 0;
  const options = { ...rules, ...(isOverlay && { rules: hiddenByOverlay }) };
  // What is being asked for again is dimmed, for a moment.
  await page.waitForFunction(() => !document.querySelector('[data-stale]'));
  await page.evaluate(axe);
  for (const [colorScheme, asked] of [['dark', { ...options, runOnly: colours }], ['light', options]]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate((wanted) => globalThis.axe.run(document, wanted), asked);
    assert.deepEqual(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`), []);
  }
}
