import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/receivers/runtimes.long.ts'],
    // Go compiles its library the first time.
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
