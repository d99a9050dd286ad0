import { defineConfig } from 'rolldown';
import { together } from './scripts/chunks.js';
import { lean } from './scripts/lean.js';
import { licences } from './scripts/licences.js';

/**
 * One entry and a lazy chunk for each command; every dependency is inside. CommonJS, which Node loads in half the time that
 * it takes for modules.
 */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  plugins: [lean(), licences()],
  // What the entry shares with lazy chunks may stay in the entry: fewer files to load at every start.
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: process.env['WEBHOOK_CLI_DIST'] || 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    cleanDir: true,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [together('parse', { module: 'src/cli/argv/parse.ts', entry: 'src/main.ts' })],
    },
    // The names of classes stay: errors go by them.
    minify: {
      compress: true,
      mangle: { keepNames: { class: true, function: false } },
      codegen: { removeWhitespace: true },
    },
    chunkFileNames: '[name]-[hash].cjs',
  },
});
