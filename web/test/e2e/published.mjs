// A published dashboard of the sample data, and frames that are signed for it.
import { createHmac } from 'node:crypto';
import { visitor } from './browser.mjs';
import { call } from './site.mjs';

const secret = '5c1a6b7d8e9f00112233445566778899aabbccddeeff00112233445566778899';
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function sign(payload) {
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ exp: Math.round(Date.now() / 1000) + 600, ...payload })}`;

  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

function questionsOf({ orders, field }) {
  const person = { 'source-field': field('ORDERS', 'USER_ID') };
  const source = ['field', field('PEOPLE', 'SOURCE'), person];
  const month = ['field', field('ORDERS', 'CREATED_AT'), { 'temporal-unit': 'month' }];
  const category = ['field', field('PRODUCTS', 'CATEGORY'), { 'source-field': field('ORDERS', 'PRODUCT_ID') }];
  const ask = (query) => ({ database: 1, type: 'query', query: { 'source-table': orders, ...query } });

  return [
    { name: 'Commandes', display: 'scalar', dataset_query: ask({ aggregation: [['count']] }) },
    {
      name: 'Chiffre d’affaires',
      display: 'scalar',
      visualization_settings: { column_settings: { '["name","sum"]': { number_style: 'currency', currency: 'EUR' } } },
      dataset_query: ask({ aggregation: [['sum', ['field', field('ORDERS', 'TOTAL'), null]]] }),
    },
    { name: 'Commandes du mois', display: 'smartscalar', dataset_query: ask({ aggregation: [['count']], breakout: [month] }) },
    {
      name: 'Commandes par mois',
      description: 'Toutes les commandes, le mois où elles ont été passées.',
      display: 'line',
      dataset_query: ask({ aggregation: [['count']], breakout: [month] }),
    },
    { name: 'Commandes par source', display: 'bar', dataset_query: ask({ aggregation: [['count']], breakout: [source] }) },
    { name: 'Part des catégories', display: 'pie', dataset_query: ask({ aggregation: [['count']], breakout: [category] }) },
    { name: 'Catégories par source', display: 'table', dataset_query: ask({ aggregation: [['count']], breakout: [source, category] }) },
    {
      name: 'Une question qui échoue',
      display: 'table',
      dataset_query: { database: 1, type: 'native', native: { query: 'select * from nowhere_at_all' } },
    },
  ].map((question) => ({ visualization_settings: {}, ...question }));
}

const places = [
  [1, 0, 6, 3],
  [1, 6, 6, 3],
  [1, 12, 12, 3],
  [5, 0, 14, 7],
  [5, 14, 10, 7],
  [12, 0, 12, 7],
  [12, 12, 12, 7],
];

const words = (row, display, text, more = {}) => ({
  card_id: null,
  row,
  col: 0,
  size_x: 24,
  size_y: 1,
  parameter_mappings: [],
  visualization_settings: { virtual_card: { display }, text, ...more },
});

/** The sample data, asked eight ways, on a dashboard of two tabs with a filter, open to everyone. */
export async function publish(request) {
  const { tables } = await call(request, 'GET', '/api/database/1/metadata');
  const table = (name) => tables.find((one) => one.name === name);
  const field = (name, column) => table(name).fields.find((one) => one.name === column).id;
  const questions = [];

  for (const question of questionsOf({ orders: table('ORDERS').id, field })) questions.push(await call(request, 'POST', '/api/card', question));
  const target = ['dimension', ['field', field('PEOPLE', 'SOURCE'), { 'source-field': field('ORDERS', 'USER_ID') }]];
  const place = ({ id }, [row, col, size_x, size_y], isWired = true) => ({
    card_id: id,
    row,
    col,
    size_x,
    size_y,
    parameter_mappings: isWired ? [{ parameter_id: 'p1', card_id: id, target }] : [],
    visualization_settings: {},
  });
  const first = [
    words(0, 'heading', 'En bref'),
    ...places.map((at, index) => place(questions[index], at)),
    words(4, 'text', 'Les chiffres suivent la **source** choisie. [La méthode](https://example.org/methode)'),
    words(19, 'link', '', { link: { url: 'https://example.org/donnees' } }),
  ];
  const second = [place(questions[7], [0, 0, 12, 4], false), place(questions[3], [4, 0, 24, 6], false)];
  const cards = [...first.map((card) => ({ ...card, dashboard_tab_id: -1 })), ...second.map((card) => ({ ...card, dashboard_tab_id: -2 }))];

  const { id } = await call(request, 'POST', '/api/dashboard', {
    name: 'Les commandes, vues par tous',
    description: 'Ce que la boutique vend, à qui et quand. Chiffres de démonstration.',
    parameters: [{ id: 'p1', name: 'Source', slug: 'source', type: 'string/=' }],
  });
  const { tabs } = await call(request, 'PUT', `/api/dashboard/${id}`, {
    tabs: [{ id: -1, name: 'Vue d’ensemble' }, { id: -2, name: 'Détails' }],
    dashcards: cards.map((card, index) => ({ id: -1 - index, ...card })),
    enable_embedding: true,
    embedding_params: { source: 'enabled' },
  });
  await call(request, 'PUT', '/api/setting/enable-embedding-static', { value: true });
  await call(request, 'PUT', '/api/setting/embedding-secret-key', { value: secret });
  await call(request, 'PUT', `/api/card/${questions[3].id}`, { enable_embedding: true });
  const { uuid } = await call(request, 'POST', `/api/dashboard/${id}/public_link`);
  const { uuid: question } = await call(request, 'POST', `/api/card/${questions[3].id}/public_link`);
  const ended = await call(request, 'POST', '/api/dashboard', { name: 'Terminé' });
  const { uuid: over } = await call(request, 'POST', `/api/dashboard/${ended.id}/public_link`);
  await call(request, 'PUT', `/api/vigie/share/dashboard/${ended.id}`, { expires_at: '2020-01-01' });
  return { id, tabs, questions, gone: `/public/dashboard/${over}`, page: `/public/dashboard/${uuid}`, questionPage: `/public/question/${question}` };
}

/** A site with a published dashboard, and a browser that never signed in. */
export async function publishedSite({ browser, readySite }) {
  const site = await readySite();
  const { context } = await visitor(browser, site.origin, { storageState: site.session });
  const published = await publish(context.request);

  await context.close();
  return { ...site, ...published };
}
