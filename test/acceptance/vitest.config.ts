import { defineConfig } from 'vitest/config';

/** The same tests with the package as it's installed from its tarball. */
export default defineConfig({
  test: {
    include: ['test/acceptance/*.{test,package}.ts', 'test/ci/*.package.ts', 'test/built.test.ts'],
    globalSetup: ['test/support/install.ts'],
    // Compilers are slow on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
