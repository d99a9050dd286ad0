import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/soak/soak.ts'],
    globalSetup: ['test/support/build.ts'],
    // The test takes as long as it is told to, and sets its own limit.
    testTimeout: 0,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
