// Draws mark.png, the icon of the browser's tab, from mark.svg: node scripts/icon.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from '../test/e2e/browser.mjs';

const file = (name) => fileURLToPath(new URL(`../src/shared/brand/${name}`, import.meta.url));
const side = 48;

const browser = await launch();
const page = await browser.newPage({ viewport: { width: side, height: side } });
await page.setContent(`<style>* { margin: 0 } svg { display: block; width: ${side}px }</style>${readFileSync(file('mark.svg'), 'utf8')}`);
await page.screenshot({ path: file('mark.png'), omitBackground: true });
await browser.close();
