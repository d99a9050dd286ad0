import { describe, expect, test } from 'vitest';
import {
  checkReceiver,
  createReceiver,
  createSender,
  generateEvent,
  readRecording,
  schemes,
  sign,
  validate,
  verify,
  type SignOptions,
} from '../../src/index.js';
import { definitionShape } from '../../src/library/definition.js';
import { definitionKeysAt } from '../../src/scheme/definition-schema.js';

const secret = '4f0c9a71d3e8b6a2';
const url = 'http://127.0.0.1:1';
const request = { headers: {}, body: '' };

/** Values that somebody without types may pass. */
type Anything = Record<string, unknown>;
const signs = (options: Anything) => () => sign('{}', { secret, ...options });
const scheme = (definition: Anything) => signs({ scheme: definition });
const sends = (options: Anything) => () => createSender({ url, secret, ...options });
const checks = (options: Anything) => () => checkReceiver(url, { secret, ...options });
const receives = (options: Anything) => async () => (await createReceiver({ secret, ...options })).close(); // prettier-ignore
const generates = (options: Anything) => () => generateEvent('customer.status', options);
const verifies = (options: Anything) => () => verify(request, { secret, ...options });
const signature = { header: 'x-signature' };
const timestamp = { header: 'x-time', past: '5m', future: '5m' };

/** The call, and the expected message. */
const mistakes: [() => unknown, string][] = [
  [signs({ algoritm: 'sha512' }), "options.algoritm isn't known"],
  [() => sign('{}', undefined as unknown as SignOptions), 'options are missing'],
  [() => sign('{}', null as unknown as SignOptions), "options aren't an object"],
  [signs({ now: '2026-01-01' }), 'options.now should be a time'],
  [signs({ now: new Date(Number.NaN) }), 'options.now should be a time'],
  [signs({ now: new Date(-1) }), 'options.now should be a time'],
  [signs({ id: 'a\r\nx-evil: b' }), 'options.id should be ASCII'],
  [signs({ method: 'PO ST' }), 'options.method should be a word'],
  [signs({ headers: { 'x-a': 'b\r\nc: d' } }), "options.headers: x-a can't be sent"],
  [signs({ headers: { 'a b': 'c' } }), "options.headers: a name can't be sent"],
  [signs({ headers: { 'X-Fin-Signature': '00' } }), 'options.headers: X-Fin-Signature contradicts'],
  [scheme({ signature: { ...signature, enc: 'hex' } }), "options.scheme.signature.enc isn't known"],
  [scheme({ signature, sign: '{body}' }), "options.scheme.sign isn't known"],
  [scheme({ signature: { ...signature, encoding: 'hexx' } }), 'options.scheme.signature.encoding should be one of hex'],
  [scheme({ signature, algorithm: 'md5' }), 'options.scheme.algorithm should be one of'],
  [scheme({ signature, secret: 'utf8' }), 'options.scheme.secret should be one of'],
  [scheme({ signature, signed: 5 }), 'options.scheme.signed should be a string'],
  [scheme({ signature, timestamp: { header: 'x-time' } }), 'options.scheme.timestamp.past is missing'],
  [scheme({ signature, timestamp: { ...timestamp, unit: 'sec' } }), 'options.scheme.timestamp.unit should be one of s'],
  [scheme({ signature, signed: '{method}' }), 'options.scheme.signed has no {body}'],
  [scheme([] as unknown as Anything), 'options.scheme should be an object'],
  [verifies({ tolerence: '5m' }), "options.tolerence isn't known"],
  [verifies({ scheme: 'stripe', tolerance: 'soon' }), "options.tolerance isn't a duration"],
  [generates({ sed: 1 }), "options.sed isn't known"],
  [generates({ seed: 1.5 }), 'options.seed should be a whole number'],
  [generates({ type: 'ROBOT' }), 'options.type should be one of INDIVIDUAL, BUSINESS'],
  [generates({ now: new Date(Number.NaN) }), 'options.now should be a time'],
  [() => validate('{}', { evnt: 'x' } as object), "options.evnt isn't known"],
  [sends({ retires: 3 }), "options.retires isn't known"],
  [sends({ retries: 1.5 }), 'options.retries should be a whole number'],
  [sends({ expect: { stauts: 200 } }), "options.expect.stauts isn't known"],
  [sends({ expect: 5 }), 'options.expect should be an object'],
  [sends({ signal: 5 }), 'options.signal should be an AbortSignal'],
  [sends({ clock: {} }), 'options.clock should be'],
  [() => createSender({ url, secret }).sendAll([], { concurency: 2 } as object), "options.concurency isn't known"],
  [checks({ onyl: ['valid'] }), "options.onyl isn't known"],
  [checks({ only: 'valid' }), 'options.only should be a list of strings'],
  [checks({ only: ['vald'] }), 'unknown case "vald"'],
  [checks({ wait: '5s' }), 'options.wait is 5s'],
  [checks({ body: '{}' }), 'options.body should be bytes'],
  [receives({ repsond: 500 }), "options.repsond isn't known"],
  [receives({ onError: 1 }), 'options.onError should be a function'],
  [() => readRecording(5 as unknown as string).next(), 'there is no recording'],
  [() => sign('\ud800', { secret }), 'the body has half of a surrogate pair'],
];

test.each(mistakes)('%# is one of our errors, with what to do', async (call, words) => {
  const error: unknown = await Promise.resolve().then(call).catch((caught: unknown) => caught); // prettier-ignore
  expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(words) as string });
  expect((error as { hint?: string }).hint).toBeTypeOf('string');
  expect(JSON.stringify(error) + String(error)).not.toContain(secret);
});

test('a misspelt option gets the right one as a hint', () => {
  expect(signs({ algoritm: 'sha512' })).toThrow(expect.objectContaining({ hint: 'did you mean algorithm?' }));
});

describe('accepts valid options:', () => {
  test('an option that is undefined is left out', () => {
    expect(signs({ now: undefined, headers: undefined })()).toMatchObject({ method: 'POST' });
  });

  test('options of a wait are checked, too', async () => {
    await using receiver = await createReceiver({ secret });
    await expect(receiver.waitFor({}, { timout: 5 } as object)).rejects.toMatchObject({ code: 'usage' });
    await expect(receiver.expectNone({ fro: 5 } as object)).rejects.toMatchObject({ code: 'usage' });
  });

  test('any view of bytes counts as its bytes', () => {
    const bytes = Buffer.from('{"a":1}');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    expect(sign(view, { secret })).toEqual(sign('{"a":1}', { secret }));
  });
});

test.each([[], ['signature'], ['timestamp'], ['algorithmHeader'], ['sample'], ['handshake']])(
  'a definition has the same keys at %j as in the configuration file',
  (...place: string[]) => {
    const keys = definitionKeysAt(place) ?? [];
    expect(keys.length).toBeGreaterThan(0);
    const [name] = place;
    const named = Object.fromEntries(keys.map(key => [key, undefined]));
    const inner = { ...named, ...(name === 'signature' && signature), ...(name === 'timestamp' && timestamp) };
    const whole = name === undefined ? { ...named, signature } : { signature, [name]: inner };
    expect(() => {
      definitionShape(whole, 'definition');
    }).not.toThrow();
  },
);

test.each(Object.entries(schemes))('the definition of %s is valid', (_, definition) => {
  expect(() => {
    definitionShape(definition, 'definition');
  }).not.toThrow();
});
