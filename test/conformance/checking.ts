import { onTestFinished } from 'vitest';
import type { Case, Delivery } from '../../src/conformance/case.js';
import { casesFor } from '../../src/conformance/cases/index.js';
import { isEffect } from '../../src/conformance/case.js';
import { traitsOf } from '../../src/conformance/features.js';
import { sampleHeaders } from '../../src/conformance/bodies.js';
import { createKit } from '../../src/conformance/kit.js';
import type { Cause } from '../../src/conformance/causes/cause.js';
import { Investigation } from '../../src/conformance/causes/find.js';
import type { CaseResult } from '../../src/conformance/result.js';
import { runCases, type Ending } from '../../src/conformance/run-cases.js';
import type { Algorithm } from '../../src/scheme/definition.js';
import { createHttpClient } from '../../src/sender/http-client.js';
import { probe } from '../../src/sender/reachable.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { requestFrom } from '../../src/conformance/request.js';
import type { Scheme } from '../../src/scheme/scheme.js';
import type { Secret } from '../../src/scheme/secret.js';
import { secret as finSecret } from './receiver.js';

export interface Checked {
  results: CaseResult[];
  ending: Ending['kind'];
  /** The ids of the cases with this outcome. */
  failed: string[];
  advice: string[];
  /** The causes of the failures. */
  causes: Cause[];
}

interface Checking {
  scheme?: Scheme;
  secret?: Secret;
  chosen?: readonly Case[];
  algorithm?: Algorithm;
  timeout?: number;
  maxTime?: number;
  body?: Uint8Array;
}

/** The cases of a scheme that need nothing but the receiver. */
export const casesOf = (scheme: Scheme): Case[] => casesFor(traitsOf(scheme)).filter(one => !isEffect(one));

export const finCases = casesOf(schemes.fin);

/** Runs cases against a receiver, with a short pause in the slow body. */
export async function check(
  url: string,
  {
    scheme = schemes.fin,
    secret = createSecret(Buffer.from(finSecret), 'test'),
    chosen = casesOf(scheme),
    algorithm = 'sha256',
    body,
    ...limits
  }: Checking = {},
): Promise<Checked> {
  const { timeout, maxTime } = { timeout: 5000, maxTime: 5000, ...limits };
  const target = new URL(url);
  const client = createHttpClient({ timeout, isFresh: true });
  onTestFinished(() => client.close());
  const kit = await createKit({
    scheme,
    secret,
    algorithm,
    target: { url: target, headers: sampleHeaders(scheme, []), version: '0.0.0' },
    seed: 1,
    now: new Date('2026-01-31T09:30:00Z'),
    clock: { now: () => new Date() },
    slowPause: 5,
    ownBody: body,
  });
  const { signal } = new AbortController();
  const deliver = (delivery: Delivery) => client.deliver(requestFrom(delivery, kit.target));
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
  const investigation = new Investigation({ kit, url: target, deliver, signal });
  for (;;) {
    const { value, done } = await run.next();
    if (done) {
      const idsOf = (outcome: string) => results.filter(one => one.outcome === outcome).map(one => one.case.id);
      const isGone = value.kind !== 'complete' && value.kind !== 'refusing';
      const { causes } = await investigation.conclude(results, { isGone });
      return { results, ending: value.kind, failed: idsOf('failed'), advice: idsOf('advice'), causes };
    }
    results.push(value);
    await investigation.pursue(results);
  }
}
