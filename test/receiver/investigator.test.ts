import { describe, expect, test } from 'vitest';
import type { AnsweredEvent } from '../../src/receiver/events.js';
import { createInvestigator, type Investigator } from '../../src/receiver/investigator.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';
import { sign, signatureHeader } from '../support/fin.js';

const secret = createSecret(Buffer.from('a secret'), 'the test');

/** The response to a request that was signed without the newline at the end of its body. */
function mistaken(text = '{}'): AnsweredEvent {
  const headers = [[signatureHeader, sign(Buffer.from(text), secret)]] as const;
  return {
    type: 'answered',
    request: {
      ...{ seq: 1, receivedAt: new Date(0), method: 'POST', target: '/', httpVersion: '1.1', remote: '' },
      ...{ headers, body: Buffer.from(`${text}\n`) },
    },
    assessment: { status: 401, isAccepted: false, signature: { valid: false, reason: 'signature-mismatch' }, summary: {} },
    ...{ action: { status: 401 }, isGone: false, milliseconds: 1, forwarded: undefined },
  }; // prettier-ignore
}

const many = (count: number, investigate: Investigator['investigate']) =>
  Promise.all(Array.from({ length: count }, async () => investigate(mistaken())));

const investigatorOf = (elapsed: () => number) => createInvestigator(schemes.fin, { secrets: [secret] }, elapsed);

describe('an investigator', () => {
  test('finds the causes of concurrent requests', async () => {
    const { investigate, unsearched } = investigatorOf(() => 0);
    const found = await many(16, investigate);
    const finding = { found: true, findings: [{ id: 'without-final-newline' }] };
    expect(found).toMatchObject(Array(16).fill(finding));
    expect(unsearched()).toBe(0);
    expect(await investigate(mistaken())).toMatchObject(finding);
  });

  test('lets other work run in between', async () => {
    const { investigate } = investigatorOf(() => 0);
    const order: string[] = [];
    const searches = ['first', 'second'].map(async name => {
      await investigate(mistaken());
      order.push(name);
      setImmediate(() => order.push(`after the ${name}`));
    });
    await Promise.all(searches);
    expect(order).toEqual(['first', 'after the first', 'second']);
  });

  test('counts what it skips: too many waiting, bodies that are too large, and no time left', async () => {
    let elapsed = 0;
    const { investigate, unsearched } = investigatorOf(() => (elapsed += 20));
    const found = await many(20, investigate);
    expect(found.slice(16)).toEqual(Array(4).fill(undefined));
    const explained = found.filter(Boolean).length;
    expect(explained).toBeGreaterThan(0);
    expect(explained).toBeLessThan(8);
    expect(unsearched()).toBe(20 - explained);
    expect(investigate(mistaken('x'.repeat(64 * 1024)))).toBeUndefined();
    expect(unsearched()).toBe(21 - explained);
  });

  test('gets more time later', async () => {
    let [elapsed, pace] = [0, 200];
    const { investigate } = investigatorOf(() => (elapsed += pace));
    for (let count = 0; count < 5; count += 1) await investigate(mistaken());
    expect(await investigate(mistaken())).toBeUndefined();
    elapsed += 60_000;
    pace = 0;
    expect(await investigate(mistaken())).toMatchObject({ found: true });
  });

  test('skips signatures that are valid or unchecked', () => {
    const { investigate, unsearched } = investigatorOf(() => 0);
    const { request, ...answered } = mistaken();
    const unchecked = { status: 200, isAccepted: true, summary: {} };
    expect(investigate({ ...answered, request, assessment: unchecked })).toBeUndefined();
    expect(investigate({ ...answered, request: { ...request, flaw: 'body-incomplete' } })).toBeUndefined();
    expect(unsearched()).toBe(0);
  });
});
