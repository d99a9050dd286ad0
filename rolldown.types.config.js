import { defineConfig } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/** The types of what a program imports, in one file for each entry. They take longer than all the rest, and no test runs them. */
const typesOf = (entry, external) =>
  defineConfig({
    input: { [entry]: `src/${entry}.ts` },
    platform: 'node',
    // Types of packages that nothing of ours leads to would stay for what they add to Node's.
    treeshake: { moduleSideEffects: id => id.includes('/src/') },
    external,
    plugins: [dts({ emitDtsOnly: true })],
    output: { dir: `${process.env['WEBHOOK_CLI_DIST'] || 'dist'}/library` },
  });

export default [typesOf('index', []), typesOf('vitest', ['vitest', './index.js'])];
