// What the two builds have in common: where they are written and how their files find each other.
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

export const preactInsteadOfReact = {
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
  'react/jsx-dev-runtime': 'preact/jsx-dev-runtime',
  'react-dom': 'preact/compat',
  react: 'preact/compat',
};

/** All that a chunk cannot run without: itself, what it imports, their styles. */
function filesOf(bundle, file, known = new Set()) {
  if (known.has(file)) return known;
  known.add(file);
  for (const style of bundle[file].viteMetadata?.importedCss ?? []) known.add(style);
  for (const imported of bundle[file].imports) filesOf(bundle, imported, known);
  return known;
}

/** A file that will be used: the browser fetches it beside what it reads now. */
const linkTo = (address) =>
  address.endsWith('.css') ? `<link rel="preload" as="style" crossorigin href="${address}">` : `<link rel="modulepreload" crossorigin href="${address}">`;

/**
 * Says which files some parts need besides those that every page begins with. Each part has a name of its own, and that of its
 * chunk. `linked` become links, NAME.part.html, that the server puts into the pages that need them; `named` stand in the
 * shell, for what runs early to ask for.
 */
export function partsOfShell(served, linked, named) {
  return {
    name: 'parts-of-shell',
    enforce: 'post',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
      const first = filesOf(bundle, chunks.find(({ isEntry }) => isEntry).fileName);
      const filesOfPart = (name) => {
        const chunk = chunks.find((one) => one.name === name);
        if (!chunk) throw new Error(`there is no part of the app named ${name}`);
        return [...filesOf(bundle, chunk.fileName)].filter((file) => !first.has(file));
      };
      const parts = Object.entries(named).map(([part, name]) => [part, filesOfPart(name)]);
      const page = bundle['index.html'];

      for (const [part, name] of Object.entries(linked)) {
        const links = filesOfPart(name).map((file) => `    ${linkTo(`%BASE%${served}${file}`)}\n`);
        this.emitFile({ type: 'asset', fileName: `${part}.part.html`, source: links.join('') });
      }
      page.source = page.source
        .replace('    <script type="module"', `    <script type="application/json" id="parts">${JSON.stringify(Object.fromEntries(parts))}</script>\n    <script type="module"`)
        .replace('  </head>', '%PARTS%  </head>');
    },
  };
}

/**
 * Nearly all of what these chunks hold runs as soon as they are there, so the browser may compile them whole, beside the
 * page, instead of function by function while it draws.
 */
export function compiledWhole(...names) {
  return {
    name: 'compiled-whole',
    generateBundle: {
      // It has to be the first line: others put theirs before.
      order: 'post',
      handler(_, bundle) {
        for (const name of names) {
          const chunk = Object.values(bundle).find((one) => one.type === 'chunk' && one.name === name);
          if (!chunk) throw new Error(`there is no chunk named ${name}`);
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
        }
      },
    },
  };
}

/** Finishes the shell: the first font is asked for at once, what runs early stands first, and addresses keep the server's own mark. */
export function shellAddresses(served) {
  return {
    name: 'shell-addresses',
    enforce: 'post',
    generateBundle(_, bundle) {
      const font = Object.keys(bundle).find((file) => /-latin-wght-normal-.*woff2$/.test(file));
      const preload = `<link rel="preload" as="font" type="font/woff2" crossorigin href="%BASE%${served}${font}">`;
      const page = bundle['index.html'];
      const first = Object.values(bundle).find(({ type, name }) => type === 'chunk' && name === 'early');
      const script = first ? `<script type="module" async crossorigin src="%BASE%${served}${first.fileName}"></script>\n    ` : '';

      page.source = page.source.replaceAll('%25BASE%25', '%BASE%').replace('<script type="module"', `${script}<script type="module"`).replace('  </head>', `    ${preload}\n  </head>`);
    },
  };
}

/** What asks for the data of a page is small, and runs before the rest is read. */
const early = { name: 'early', test: /\/src\/(entries\/app\/(early|parts)|api|shared\/boot|shared\/filters\/types)\b/, priority: 3 };

/** Few files instead of crumbs: what every page begins with, and what every page that shows answers needs. */
const groups = [
  { name: 'first', tags: /** @type {['$initial']} */ (['$initial']), priority: 2 },
  { name: 'lib', test: /node_modules\/@tanstack\/|\/src\/(lib|shared\/theme)\//, priority: 1 },
  // What a card on a dashboard leads to, but not what opens then.
  { name: 'answers', test: /\/src\/(shared\/(card|charts(?!\/map)|dashboard|data|filters|format|grid-view|markdown|table)\/|features\/question\/drill\/(?!drill-menu|row-dialog))/ },
  { name: 'dashboard', test: /\/src\/features\/dashboard\/(?!edit\/|history\/|copy-dialog|details-dialog|refresh-dialog)/ },
  // What most pages build their forms, lists and dialogs from.
  { name: 'kit', test: /node_modules\/(@react-aria|react-aria|react-stately|react-aria-components|@internationalized)\/|\/src\/ui\//, minShareCount: 3 },
  { name: 'map-view', test: /\/src\/shared\/charts\/map\/[^?]*\.tsx?$/ },
];

export function shell(name, served) {
  return {
    root: path(`src/entries/${name}`),
    base: './',
    experimental: {
      // The shell is sent at any address, so it names its files from the root of the site, whose
      // prefix only the server knows. Everything else finds its neighbours by relative address.
      renderBuiltUrl: (file, { hostType }) =>
        hostType === 'html' ? `%BASE%${served}${file}` : { relative: true },
    },
    build: {
      outDir: path(`dist/${name}`),
      emptyOutDir: true,
      assetsDir: '',
      assetsInlineLimit: 0,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { output: { codeSplitting: { groups: name === 'app' ? [early, ...groups] : groups } } },
      reportCompressedSize: false,
    },
  };
}
