// The ten pictures of the documentation, of a new server: node scripts/pictures.mjs URL FOLDER
// They show the sample data and a fictitious team, in English, as wide as a laptop; one is a phone.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, visitor } from '../test/e2e/browser.mjs';
import { call, setUp } from '../test/e2e/site.mjs';

const [origin, folder] = process.argv.slice(2);
const laptop = { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 800 } };
const phone = { locale: 'en-GB', colorScheme: 'light', viewport: { width: 390, height: 780 } };
const team = [
  { email: 'babacar.diop@example.org', first_name: 'Babacar', last_name: 'Diop' },
  { email: 'elodie.leroy@example.org', first_name: 'Élodie', last_name: 'Leroy' },
  { email: 'maelle.kervella@example.org', first_name: 'Maëlle', last_name: 'Kervella' },
];

function questions({ orders, field }) {
  const month = ['field', field('ORDERS', 'CREATED_AT'), { 'temporal-unit': 'month' }];
  const category = ['field', field('PRODUCTS', 'CATEGORY'), { 'source-field': field('ORDERS', 'PRODUCT_ID') }];
  const source = ['field', field('PEOPLE', 'SOURCE'), { 'source-field': field('ORDERS', 'USER_ID') }];
  const total = ['sum', ['field', field('ORDERS', 'TOTAL'), null]];
  const ask = (query) => ({ database: 1, type: 'query', query: { 'source-table': orders, ...query } });

  return [
    { name: 'Sales', display: 'scalar', dataset_query: ask({ aggregation: [total] }) },
    { name: 'Orders', display: 'smartscalar', dataset_query: ask({ aggregation: [['count']], breakout: [month] }) },
    { name: 'Orders by month and category', display: 'area', visualization_settings: { 'stackable.stack_type': 'stacked' }, dataset_query: ask({ aggregation: [['count']], breakout: [month, category] }) },
    { name: 'Where orders come from', display: 'bar', dataset_query: ask({ aggregation: [['count']], breakout: [source] }) },
    { name: 'Share of each category', display: 'pie', dataset_query: ask({ aggregation: [total], breakout: [category] }) },
  ].map((one) => ({ visualization_settings: {}, description: 'Fictitious figures.', ...one }));
}

const places = [[1, 0, 8, 3], [1, 8, 16, 3], [4, 0, 24, 7], [11, 0, 12, 7], [11, 12, 12, 7]];

/** A team, a group, a dashboard with a filter, published. */
async function fill(request) {
  await setUp(request, { name: 'Lighthouse', locale: 'en' });
  for (const person of team) await call(request, 'POST', '/api/user', person);
  const { id: group } = await call(request, 'POST', '/api/permissions/group', { name: 'Field staff' });
  await call(request, 'POST', '/api/permissions/group', { name: 'Partners' });
  await call(request, 'PUT', '/api/permissions/graph', { groups: { [group]: { 1: { 'view-data': 'unrestricted', 'create-queries': 'query-builder' } } } });

  const { tables } = await call(request, 'GET', '/api/database/1/metadata');
  const table = (name) => tables.find((one) => one.name === name);
  const field = (name, column) => table(name).fields.find((one) => one.name === column).id;
  const cards = [];
  for (const question of questions({ orders: table('ORDERS').id, field })) cards.push(await call(request, 'POST', '/api/card', question));

  const target = ['dimension', ['field', field('PRODUCTS', 'CATEGORY'), { 'source-field': field('ORDERS', 'PRODUCT_ID') }]];
  const { id } = await call(request, 'POST', '/api/dashboard', {
    name: 'How the shop is doing',
    description: 'What is sold, when and through whom.',
    parameters: [{ id: 'p1', name: 'Category', slug: 'category', type: 'string/=' }],
  });
  const heading = { id: -9, card_id: null, row: 0, col: 0, size_x: 24, size_y: 1, parameter_mappings: [], visualization_settings: { virtual_card: { display: 'heading' }, text: 'In short' } };
  await call(request, 'PUT', `/api/dashboard/${id}`, {
    dashcards: [heading, ...cards.map(({ id: card_id }, index) => {
      const [row, col, size_x, size_y] = places[index];
      return { id: -1 - index, card_id, row, col, size_x, size_y, parameter_mappings: [{ parameter_id: 'p1', card_id, target }], visualization_settings: {} };
    })],
  });
  const { uuid } = await call(request, 'POST', `/api/dashboard/${id}/public_link`);
  return { orders: table('ORDERS').id, question: cards[2].id, published: `/public/dashboard/${uuid}` };
}

const previewIsDrawn = (page) => page.frameLocator('[role=dialog] iframe').getByRole('application').first().waitFor();
const rowsAreOpen = (page) => page.getByText('Orders', { exact: true }).first().waitFor();

/** What each picture shows, what is pressed first, and what has to be there then. */
const pictures = ({ orders, question, published }) => [
  ['builder', `/question/new?db=1&table=${orders}`, laptop],
  ['question', `/question/${question}`, laptop],
  ['dashboard', '/dashboard/1', laptop],
  ['dashboard-edit', '/dashboard/1#edit', laptop],
  ['share', '/dashboard/1', laptop, ['Share'], previewIsDrawn],
  ['published-phone', published, phone],
  ['rights', '/admin/permissions', laptop, ['Tables of Sample Database'], rowsAreOpen],
  ['database', '/admin/databases/1', laptop],
  ['people', '/admin/people', laptop],
  // Last, so that it shows what was looked at.
  ['home', '/', laptop],
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
const first = await visitor(browser, origin, laptop);
const site = await fill(first.context.request);
const storageState = await first.context.storageState();

for (const [name, address, options, presses = [], isThere] of pictures(site)) {
  const { page, context } = await visitor(browser, origin, { ...options, storageState });

  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  for (const press of presses) await page.getByRole('button', { name: press, exact: true }).click();
  await isThere?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await context.close();
}
await browser.close();
