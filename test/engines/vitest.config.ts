import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/engines/*.long.ts'],
    // npm installs artillery and the Node that it needs.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
