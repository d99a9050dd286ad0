import { defineConfig } from 'rolldown';
import { globSync } from 'tinyglobby';
import { builtins, named, shared, together } from './scripts/chunks.js';
import { lean } from './scripts/lean.js';
import { licences } from './scripts/licences.js';
import { page } from './scripts/page.js';

const dist = process.env['WEBHOOK_CLI_DIST'] || 'dist';
const main = 'src/main.ts';
const library = 'src/index.ts';
const parse = ['src/cli/argv/parse.ts'];
/** What nearly every command loads: its flags, and the light part of events. */
const common = ['src/commands/definitions.ts', 'src/event/summary.ts', 'src/event/maker.ts'];

/** What the entry loads anyway, or what costs next to nothing. */
const light = new Set([
  ...['buffer', 'events', 'fs', 'net', 'os', 'path', 'process', 'stream', 'tty', 'url', 'util'].map(
    name => `node:${name}`,
  ),
  ...['chalk', 'fast-string-truncated-width', 'fast-string-width', 'leven'],
]);

// The names of classes stay: errors go by them.
const minify = {
  compress: true,
  mangle: { keepNames: { class: true, function: false } },
  codegen: { removeWhitespace: true },
};

const partOfEvents = part => globSync(`src/event/*/${part}.ts`);
/** Of zod: only the command `schema` needs it. */
const jsonSchema = /zod.*\/(?:to-json-schema|json-schema-(?:processors|generator))\.js$/;
const inspector = ['src/event/inspect.ts', ...partOfEvents('schema')];
/** What a receiver of the library loads. */
const receiver = ['src/receiver/receiver.ts', 'src/receiver/investigator.ts'];

/**
 * One entry and a lazy chunk for each command; every dependency is inside. CommonJS, which Node loads in half the time that
 * it takes for modules.
 */
const command = defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  plugins: [lean(), named(), licences()],
  // What the entry shares with lazy chunks may stay in the entry: fewer files to load at every start.
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: dist,
    format: 'cjs',
    // The code of files that are known by their hash is kept compiled.
    entryFileNames: '[name]-[hash].cjs',
    cleanDir: true,
    codeSplitting: {
      includeDependenciesRecursively: false,
      // The first group that a module belongs to takes it.
      groups: [
        together('parse', { modules: parse, loaded: [main] }),
        together('definitions', { modules: common, loaded: [main] }),
        together('inspector', {
          modules: inspector,
          loaded: common,
          sparing: true,
          without: jsonSchema,
        }),
        together('fiction', {
          modules: ['src/event/fiction.ts', ...partOfEvents('generator')],
          loaded: common,
        }),
        // Completion needs nothing else of what commands share.
        together('read', { modules: ['src/config/file/read.ts'], loaded: [main, ...parse] }),
        shared('shared', {
          modules: globSync('src/commands/*/run.ts'),
          always: ['src/cli/terminal/printer.ts', 'src/cli/report-failure.ts'],
          loaded: [main, ...common],
          light,
        }),
      ],
    },
    minify,
    chunkFileNames: '[name]-[hash].cjs',
  },
});

/** What a program imports. It shares no file with the command, so that neither loads what only the other one needs. */
const modules = defineConfig({
  input: { index: library, vitest: 'src/vitest.ts' },
  platform: 'node',
  external: ['vitest'],
  plugins: [lean(), builtins(), licences()],
  output: {
    dir: `${dist}/library`,
    format: 'esm',
    cleanDir: true,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        together('core', { modules: [library], loaded: [] }),
        together('receiver', { modules: receiver, loaded: [library] }),
        together('inspector', { modules: inspector, loaded: [library, ...receiver], without: jsonSchema }),
      ],
    },
    minify,
    chunkFileNames: '[name]-[hash].js',
  },
});

/** The page that a browser shows, as one script. */
const client = defineConfig({
  input: { page: 'src/page/client/main.tsx' },
  platform: 'browser',
  // The classic calls are shorter, and the size of the page counts.
  transform: {
    target: 'es2022',
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
    inject: { h: ['preact', 'h'], Fragment: ['preact', 'Fragment'] },
  },
  tsconfig: false,
  plugins: [page(), licences()],
  output: { dir: `${dist}/page`, format: 'esm', cleanDir: true, minify: true, comments: false, codeSplitting: false },
});

export default [command, modules, client];
