import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/bench/*-memory.ts', 'test/bench/figures.ts'],
    globalSetup: ['test/support/build.ts'],
    // Its duration depends on the disk and the machine.
    testTimeout: 0,
    hookTimeout: 60_000,
    disableConsoleIntercept: true,
  },
});
