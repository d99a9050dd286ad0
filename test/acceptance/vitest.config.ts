import { defineConfig } from 'vitest/config';

/** The same tests, but of the package as it is installed from its tarball. */
export default defineConfig({
  test: {
    include: ['test/acceptance/*.{test,package}.ts', 'test/ci/*.package.ts', 'test/built.test.ts'],
    globalSetup: ['test/support/install.ts'],
    // Compilers take their time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
