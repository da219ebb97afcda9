// The whole way: from a new server to a published dashboard, by mouse, by keyboard alone, on a phone, in both languages.
import assert from 'node:assert/strict';
import { visitor } from '../browser.mjs';
import { admin } from '../site.mjs';

export async function prepare({ browser, freshServer }) {
  return { browser, freshOrigin: async () => (await freshServer()).origin };
}

const french = {
  locale: 'fr-FR',
  go: 'Continuer',
  firstName: 'Prénom',
  email: 'Adresse électronique',
  password: 'Mot de passe',
  siteName: 'Nom du site',
  account: 'Créer le compte',
  sample: 'Commencer avec les données d’exemple',
  ask: /^Poser une question/,
  figure: 'Ajouter un chiffre',
  count: 'Nombre de lignes',
  group: 'Ajouter un regroupement',
  save: 'Enregistrer',
  more: 'Nouveau',
  dashboard: 'Tableau de bord',
  question: 'Question',
  create: 'Créer le tableau de bord',
  publish: 'Publier les changements',
  share: 'Partager',
  makeLink: 'Créer un lien public',
  link: 'Lien public',
};

const english = {
  locale: 'en-GB',
  go: 'Continue',
  firstName: 'First name',
  email: 'E-mail address',
  password: 'Password',
  siteName: 'Name of the site',
  account: 'Create the account',
  sample: 'Start with the sample data',
  ask: /^Ask a question/,
  figure: 'Add a figure',
  count: 'Number of rows',
  group: 'Add a group',
  save: 'Save',
  more: 'New',
  dashboard: 'Dashboard',
  question: 'Question',
  create: 'Create the dashboard',
  publish: 'Publish the changes',
  share: 'Share',
  makeLink: 'Make a public link',
  link: 'Public link',
};

/** A pointer, or a finger. */
const pointer = (page) => ({
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  /** The first thing that the letters find in the list that is open. */
  pick: async (letters) => {
    await page.getByRole('searchbox').last().fill(letters);
    await page.getByRole('option').first().click();
  },
  send: (label) => page.getByRole('dialog').getByRole('button', { name: label }).click(),
});

const mostStops = 90;

/** Nothing but keys: what has the focus is what is pressed. */
function keys(page) {
  async function reach(target) {
    await target.waitFor();
    for (let stop = 0; stop < mostStops; stop++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not reach ${target}`);
  }

  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    write: async (target, text) => {
      await reach(target);
      await page.keyboard.type(text);
    },
    pick: async (letters) => {
      await page.getByRole('searchbox').last().waitFor();
      await page.keyboard.type(letters);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
    },
    send: () => page.keyboard.press('Enter'),
  };
}

async function setUp(page, hands, words) {
  await page.goto('/');
  await hands.press(page.getByRole('button', { name: words.go }));
  await hands.write(page.getByLabel(words.firstName), admin.first_name);
  await hands.write(page.getByLabel(words.email), admin.email);
  await hands.write(page.getByLabel(words.password, { exact: true }), admin.password);
  await hands.write(page.getByLabel(words.siteName), 'Cap Accueil');
  await hands.press(page.getByRole('button', { name: words.account }));
  await hands.press(page.getByRole('button', { name: words.sample }));
}

async function ask(page, hands, words) {
  const button = (name) => page.getByRole('button', { name, exact: true });

  await hands.press(page.getByRole('link', { name: words.ask }));
  await hands.pick('orders');
  await hands.press(button(words.figure));
  await hands.pick(words.count);
  await hands.press(button(words.group));
  await hands.pick('created at');
  await page.getByRole('application').waitFor();
  await hands.press(button(words.save));
  await hands.write(page.getByRole('dialog').getByRole('textbox').first(), 'Orders by month');
  await hands.send(words.save);
  await page.getByRole('heading', { level: 1, name: 'Orders by month' }).waitFor();
}

async function arrange(page, hands, words) {
  const button = (name) => page.getByRole('button', { name, exact: true });

  await hands.press(button(words.more));
  const choice = page.getByRole('menuitem', { name: words.dashboard });
  await choice.waitFor();
  if (hands.isKeyboard) {
    while (!(await choice.evaluate((element) => element === document.activeElement))) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  } else {
    await choice.click();
  }
  await hands.write(page.getByRole('dialog').getByRole('textbox').first(), 'Shop');
  await hands.send(words.create);
  await hands.press(button(words.question));
  await hands.pick('orders by');
  await page.getByRole('heading', { name: 'Orders by month' }).waitFor();
  await hands.press(button(words.publish));
  await page.getByRole('heading', { level: 1, name: 'Shop', exact: true }).waitFor();
}

async function wholeWay({ browser, freshOrigin }, words, handsOf, options = {}) {
  const origin = await freshOrigin();
  const { page, context, complaints, foreign } = await visitor(browser, origin, { locale: words.locale, ...options });
  const hands = handsOf(page);

  await setUp(page, hands, words);
  await ask(page, hands, words);
  await arrange(page, hands, words);
  await hands.press(page.getByRole('button', { name: words.share, exact: true }));
  await hands.press(page.getByRole('button', { name: words.makeLink }));
  const address = await page.getByRole('textbox', { name: words.link }).inputValue();
  assert.deepEqual([complaints, foreign], [[], []]);
  await context.close();

  const stranger = await visitor(browser, origin, { locale: words.locale, ...options });
  await stranger.page.goto(address);
  await stranger.page.getByRole('application', { name: /Orders by month/ }).waitFor();
  assert.deepEqual([stranger.complaints, stranger.foreign, await stranger.context.cookies()], [[], [], []]);
  await stranger.context.close();
}

const keyboard = (page) => ({ ...keys(page), isKeyboard: true });
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export const journeys = {
  'from a new server to a published dashboard, by mouse, in French': (world) => wholeWay(world, french, pointer),
  'from a new server to a published dashboard, by mouse, in English': (world) => wholeWay(world, english, pointer),
  'from a new server to a published dashboard, by keyboard alone, in French': (world) => wholeWay(world, french, keyboard),
  'from a new server to a published dashboard, by keyboard alone, in English': (world) => wholeWay(world, english, keyboard),
  'from a new server to a published dashboard, on a phone': (world) => wholeWay(world, french, pointer, phone),
};
