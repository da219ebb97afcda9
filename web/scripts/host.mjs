// The scripts that other sites load into their pages: one classic file each, under a name that never changes.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

for (const [order, name] of ['iframeResizer', 'embed'].entries()) {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: path('dist/host'),
      emptyOutDir: order === 0,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: path(`src/host/${name}.ts`), formats: ['iife'], name: 'vigie', fileName: () => `${name}.js` },
      minify: true,
    },
  });
}
