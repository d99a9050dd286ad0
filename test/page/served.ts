import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { packageRoot } from '../support/cli.js';
import type { Inspecting } from '../../src/exchange/exchange.js';
import { openPage, type PageOptions } from '../../src/page/page.js';
import { createListSource } from '../../src/page/recording-source.js';
import type { CapturedRequest } from '../../src/recording/captured-request.js';
import { schemes } from '../../src/scheme/schemes.js';
import { approved, signatureOf } from '../support/listening.js';

const clock = { now: () => new Date('2026-01-31T09:30:00Z'), randomBytes };

export const captured = (facts: Partial<CapturedRequest> = {}): CapturedRequest => ({
  ...{ method: 'POST', target: '/hook', body: approved, fidelity: 'exact', findings: [] },
  headers: [['content-type', 'application/json'], ...Object.entries(signatureOf(approved))],
  receivedAt: '2026-01-31T09:30:00.000Z',
  ...facts,
});

const inspecting: Inspecting = {
  file: 'captured.ndjson',
  scheme: schemes.fin,
  isCheckedAgain: false,
  findSecrets: () => Promise.resolve([]),
  checkWhole: () => Promise.resolve(undefined),
};

const sourceOf = (requests: readonly CapturedRequest[]) =>
  createListSource(requests.map((request, index) => ({ request, position: index + 1 })));

/** A separate page for the test, with these requests. */
export async function servedPage(
  requests: readonly CapturedRequest[] = [captured()],
  options: Partial<PageOptions> = {},
): Promise<{ url: string; bugs: unknown[] }> {
  const bugs: unknown[] = [];
  const page = await openPage({
    ...{ port: 0, title: 'test', requests: { recording: sourceOf(requests) }, inspecting, target: undefined },
    ...{
      url: new URL('http://127.0.0.1:4665/'),
      findSigning: () => Promise.resolve(undefined),
      clock,
      packageRoot: packageRoot(),
    },
    onBug: error => bugs.push(error),
    ...options,
  });
  onTestFinished(page.close);
  return { url: page.url, bugs };
}
