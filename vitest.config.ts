import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // Real processes on busy machines take their time; no test waits for a clock of its own.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
