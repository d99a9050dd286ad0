import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/bench/*-memory.ts', 'test/bench/figures.ts'],
    globalSetup: ['test/support/build.ts'],
    // It takes as long as the disk and the machine need for so much.
    testTimeout: 0,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
