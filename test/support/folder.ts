import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { refuseSecretsIn } from './canary.js';

/** An empty folder that is removed after the test. Concurrent tests pass their own `finished`. */
export function temporaryFolder(finished = onTestFinished): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhook-cli-test-'));
  finished(() => {
    try {
      refuseSecretsIn(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return folder;
}
