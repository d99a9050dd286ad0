import { onTestFinished } from 'vitest';
import type { Case, Delivery } from '../../src/conformance/case.js';
import { cases } from '../../src/conformance/cases/index.js';
import { createKit } from '../../src/conformance/kit.js';
import type { Cause } from '../../src/conformance/causes/cause.js';
import { findCauses } from '../../src/conformance/causes/find.js';
import type { CaseResult } from '../../src/conformance/result.js';
import { runCases, type Ending } from '../../src/conformance/run-cases.js';
import type { Algorithm } from '../../src/scheme/definition.js';
import { createHttpClient } from '../../src/sender/http-client.js';
import { probe } from '../../src/sender/reachable.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { requestFrom } from '../../src/conformance/request.js';
import { secret } from './receiver.js';

export interface Checked {
  results: CaseResult[];
  ending: Ending['kind'];
  /** The ids of the cases that came out so. */
  failed: string[];
  advice: string[];
  /** What is behind them. */
  causes: Cause[];
}

/** Runs cases against a receiver, with a body that is slow for a moment only. */
export async function check(
  url: string,
  {
    chosen = cases,
    algorithm = 'sha256',
    timeout = 5000,
    maxTime = 5000,
  }: { chosen?: readonly Case[]; algorithm?: Algorithm; timeout?: number; maxTime?: number } = {},
): Promise<Checked> {
  const target = new URL(url);
  const client = createHttpClient({ timeout, isFresh: true });
  onTestFinished(() => client.close());
  const kit = await createKit({
    scheme: schemes.fin,
    secret: createSecret(Buffer.from(secret), 'test'),
    algorithm,
    path: target.pathname,
    seed: 1,
    now: new Date('2026-01-31T09:30:00Z'),
    slowPause: 5,
  });
  const { signal } = new AbortController();
  const deliver = (delivery: Delivery) =>
    client.deliver(requestFrom(delivery, { url: target, headers: [], version: '0.0.0' }));
  const run = runCases(
    { cases: chosen, silent: [] },
    {
      kit,
      maxTime,
      gone: undefined,
      signal,
      onBegin: () => undefined,
      deliver,
      probe: () => probe(target, { timeout }),
    },
  );
  const results: CaseResult[] = [];
  for (;;) {
    const { value, done } = await run.next();
    if (done) {
      const idsOf = (outcome: string) => results.filter(one => one.outcome === outcome).map(one => one.case.id);
      const isAnswering = value.kind === 'complete' || value.kind === 'refusing';
      const { causes } = isAnswering
        ? await findCauses(results, { kit, url: target, deliver, signal })
        : { causes: [] };
      return { results, ending: value.kind, failed: idsOf('failed'), advice: idsOf('advice'), causes };
    }
    results.push(value);
  }
}
