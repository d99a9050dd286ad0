import { defineConfig } from 'rolldown';
import { globSync } from 'tinyglobby';
import { together } from './scripts/chunks.js';
import { lean } from './scripts/lean.js';
import { licences } from './scripts/licences.js';

const main = 'src/main.ts';
/** What nearly every command loads: its flags, and the light part of events. */
const common = ['src/commands/definitions.ts', 'src/event/summary.ts', 'src/event/maker.ts'];

const partOfEvents = part => globSync(`src/event/*/${part}.ts`);

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
      // The first group that a module belongs to takes it.
      groups: [
        together('parse', { modules: ['src/cli/argv/parse.ts'], loaded: [main] }),
        together('definitions', { modules: common, loaded: [main] }),
        together('inspector', {
          modules: ['src/event/inspect.ts', ...partOfEvents('schema')],
          loaded: common,
        }),
        together('fiction', {
          modules: ['src/event/fiction.ts', ...partOfEvents('generator')],
          loaded: common,
        }),
      ],
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
