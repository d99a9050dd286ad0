import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They are programs of somebody who has installed the package.
    exclude: ['test/acceptance/consumers/**'],
    // No test replaces a module, so files may share them; loading them anew for each costs half of the time.
    isolate: false,
    // Many tests wait for other processes, so there is work for more of them than there are cores.
    maxWorkers: Math.max(3, Math.ceil(availableParallelism() * 1.5)),
    globalSetup: ['test/support/build.ts'],
    // Real processes on busy machines take their time; no test waits for a clock of its own.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
