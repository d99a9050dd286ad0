import { defineConfig } from 'rolldown';

/** One entry and a lazy chunk for each command; every dependency is inside. */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  // What the entry shares with lazy chunks may stay in the entry: fewer files to load at every start.
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: process.env['WEBHOOK_CLI_DIST'] || 'dist',
    format: 'esm',
    cleanDir: true,
    // The names of functions and classes stay, so that a stack trace tells something.
    minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
    chunkFileNames: '[name]-[hash].js',
  },
});
