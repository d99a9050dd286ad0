import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/crash/crash.long.ts'],
    globalSetup: ['test/support/build.ts'],
    // The test takes as long as its rounds.
    testTimeout: 0,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
