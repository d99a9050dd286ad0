import { createHmac } from 'node:crypto';
import { deliveryCases } from '../../src/conformance/case.js';
import { signed } from '../../src/conformance/signed.js';
import { check, finCases as cases, type Checked } from '../conformance/checking.js';
import { secret } from '../conformance/receiver.js';
import type { Host } from './hosts.js';
import type { Receiver } from './page.js';
import { start } from './start.js';

const valid = cases.filter(({ id }) => id === 'valid');

const transfers = { length: undefined, chunked: { kind: 'chunked' } } as const;

const large = deliveryCases(
  'refuses',
  { required: '4xx' },
  Object.entries(transfers).map(([id, transfer]) => ({
    id,
    why: 'memory is finite',
    sends: 'a signed event of 4 MiB',
    remedy: 'limit the body',
    deliveries: kit => [signed(kit, kit.event({ set: { 'data.extra': 'x'.repeat(4 * 1024 * 1024) } }), { transfer })],
  })),
);

const wordsForAccepted: Readonly<Record<string, string>> = {
  '': 'refused',
  chunked: 'refused, unless it is chunked',
  'length,chunked': 'accepted',
};

const listed = (ids: readonly string[]): string => ids.map(id => `\`${id}\``).join(', ');

/** A verdict as worded in the table. */
function verdictOn({ failed, advice, ending, results }: Checked): string {
  const isWhole = ending === 'complete' && results.every(({ outcome }) => outcome !== 'not-run');
  if (failed.length > 0 || !isWhole) return `fails: ${listed(failed)} (${ending})`;
  return advice.length > 0 ? `passes, except for the advice ${listed(advice)}` : 'passes';
}

/** The table's claims about a receiver, found by running it. */
export async function verdict(host: Host): Promise<Pick<Receiver, 'check' | 'large'>> {
  const { url, isUp, log } = await start(host, secret);
  if (!isUp) throw new Error(log());
  const whole = verdictOn(await check(url));
  const others = [];
  for (const algorithm of ['sha384', 'sha512'] as const) {
    others.push(verdictOn(await check(url, { chosen: valid, algorithm })));
  }
  const { failed } = await check(url, { chosen: large });
  if (log().includes(secret)) throw new Error('the log has the secret');
  return {
    check: [whole, ...others.filter(one => one !== 'passes')].join('; '),
    large: wordsForAccepted[failed.join()] ?? failed.join(),
  };
}

/** The cases that a receiver fails with its mistake. */
export async function failuresOfMistaken(host: Host): Promise<readonly string[]> {
  const { url, isUp, log } = await start(host, secret, true);
  if (!isUp) throw new Error(log());
  return (await check(url)).failed;
}

/** The status for a body that anyone can sign, if the secret is empty; undefined if the receiver didn't even start. */
export async function statusWithoutSecret(host: Host): Promise<number | undefined> {
  const { url, isUp } = await start(host, '');
  if (!isUp) return undefined;
  const body = '{"event":{"id":"1","type":"customer.status"},"data":{}}';
  const signature = createHmac('sha256', '').update(body).digest('hex');
  const { status } = await fetch(url, { method: 'POST', body, headers: { 'x-fin-signature': signature } });
  return status;
}
