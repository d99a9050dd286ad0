import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Header } from '../../src/http/header.js';
import { schemes } from '../../src/scheme/schemes.js';
import type { Bed } from './bed.js';
import { measure, type Row } from './figure.js';

const rounds = 40_000;

const secret = { key: createSecretKey(Buffer.from('test_secret')), origin: 'the benchmark' };
const body = randomBytes(600);
const now = new Date(0);

const signByHand = (): string => createHmac('sha256', secret.key).update(body).digest('hex');

const headers: Header[] = [
  ['host', 'localhost'],
  ['content-type', 'application/json'],
  ...schemes.fin.sign({ method: 'POST', headers: [], body }, { secret, now }),
];

/** The work of a receiver that verifies only this scheme and doesn't explain mistakes. */
function verifyByHand(): boolean {
  const signature = headers.find(([name]) => name.toLowerCase() === 'x-fin-signature')?.[1] ?? '';
  const expected = Buffer.from(signByHand());
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), expected);
}

/** The scheme engine compared with a hand-written HMAC, which is as fast as possible. */
export async function signing(_: Bed, pairs: number): Promise<Row[]> {
  const message = { method: 'POST', headers, body };
  const unsigned = { method: 'POST', headers: [], body };
  const sign = await measure(
    {
      what: 'signing through the engine of schemes',
      against: 'a hand-written `createHmac`',
      reach: { least: 0.85 },
      unit: '/s',
      ours: () => rateOf(() => schemes.fin.sign(unsigned, { secret, now })),
      theirs: () => rateOf(signByHand),
    },
    pairs,
  );
  const verify = await measure(
    {
      what: 'verifying through the engine of schemes',
      against: 'a hand-written `createHmac` and `timingSafeEqual`',
      reach: { least: 0.75 },
      unit: '/s',
      ours: () => rateOf(() => schemes.fin.verify(message, [secret])),
      theirs: () => rateOf(verifyByHand),
    },
    pairs,
  );
  return [sign, verify];
}

function rateOf(work: () => unknown): Promise<number> {
  const begin = performance.now();
  for (let round = 0; round < rounds; round += 1) work();
  return Promise.resolve((rounds / (performance.now() - begin)) * 1000);
}
