// A browser for the journeys: it keeps the complaints of each page, and everything that it asked for.
import { chromium } from 'playwright-core';

/**
 * What this browser does without. The list replaces that of playwright, so it repeats what matters of it; the last line is
 * the browser's own pages: it would load hundreds of files for each new visitor, beside the page that is looked at.
 */
const without = [
  ...['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'DestroyProfileOnBrowserClose', 'AvoidUnnecessaryBeforeUnloadCheckSync'],
  ...['MediaRouter', 'LensOverlay', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'PreloadTopChromeWebUI'],
];

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${without.join(',')}`,
];

export const launch = () => chromium.launch({ executablePath, args: quietly });

/** A new person on a new browser. `complaints` and `foreign` must stay empty. */
export async function visitor(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, locale: 'fr-FR', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const watched = { complaints: [], foreign: [] };

  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    const text = message.text();
    // The browser itself writes a line for each 4xx answer; those are part of the journeys.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) watched.complaints.push(text);
  });
  page.on('pageerror', (error) => watched.complaints.push(String(error)));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.includes('/app/') && !response.ok()) watched.complaints.push(`${response.status()} ${pathname}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) watched.foreign.push(url);
  });
  return { page, context, ...watched };
}
