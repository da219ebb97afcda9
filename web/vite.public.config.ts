// The pages for the general public: the same components compiled for Preact, served below /app/p/.
import { defineConfig } from 'vite';
import { geometryFiles } from './scripts/geometry.mjs';
import { messageFiles, publicMessages } from './scripts/messages.mjs';
import { compiledWhole, preactInsteadOfReact, shell, shellAddresses } from './scripts/shell.mjs';

export default defineConfig({
  ...shell('public', '/app/p/'),
  resolve: { alias: preactInsteadOfReact },
  plugins: [messageFiles(publicMessages), geometryFiles(), compiledWhole('index'), shellAddresses('/app/p/')],
});
