import { sign as octokitSign, verify as octokitVerify } from '@octokit/webhooks-methods';
import { isValidSlackRequest } from '@slack/bolt';
import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, test } from 'vitest';
import type { Header } from '../../src/http/header.js';
import type { Message } from '../../src/scheme/message.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret } from '../../src/scheme/secret.js';

type Headers = Record<string, string>;

interface Delivery {
  body: string;
  headers: Headers;
}

/** Some of them read the clock themselves. */
const now = new Date();
const seconds = Math.floor(now.getTime() / 1000);

/** The receiver library for Node that a vendor, or the author of the scheme, publishes. */
interface Peer {
  name: string;
  preset: keyof typeof schemes;
  secret: (key: Uint8Array) => string;
  /** Throws, or returns false, to refuse a request. */
  verify: (delivery: Delivery, secret: string) => unknown;
  /** Returns its headers. Slack's library has no such function. */
  sign?: (body: string, id: string, secret: string) => Headers | Promise<Headers>;
}

const hexText = (key: Uint8Array): string => Buffer.from(key).toString('hex');
const whsec = (key: Uint8Array): string => `whsec_${Buffer.from(key).toString('base64')}`;

async function isAcceptedBy({ verify }: Peer, delivery: Delivery, secret: string): Promise<boolean> {
  try {
    return (await verify(delivery, secret)) !== false;
  } catch {
    return false;
  }
}

const peers: readonly Peer[] = [
  {
    name: 'standardwebhooks',
    preset: 'standard-webhooks',
    secret: whsec,
    verify: ({ body, headers }, secret) => new StandardWebhook(secret).verify(body, headers),
    sign: (body, id, secret) => ({
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': new StandardWebhook(secret).sign(id, now, body),
    }),
  },
  {
    name: 'svix',
    preset: 'svix',
    secret: whsec,
    verify: ({ body, headers }, secret) => new SvixWebhook(secret).verify(body, headers),
    sign: (body, id, secret) => ({
      'svix-id': id,
      'svix-timestamp': String(seconds),
      'svix-signature': new SvixWebhook(secret).sign(id, now, body),
    }),
  },
  {
    name: 'svix, under the names of Standard Webhooks',
    preset: 'standard-webhooks',
    secret: whsec,
    verify: ({ body, headers }, secret) => new SvixWebhook(secret).verify(body, headers),
  },
  {
    name: 'stripe',
    preset: 'stripe',
    secret: key => `whsec_${hexText(key)}`,
    verify: ({ body, headers }, secret) =>
      Stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret),
    sign: (payload, _, secret) => ({
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: seconds }),
    }),
  },
  {
    name: '@octokit/webhooks-methods',
    preset: 'github',
    secret: hexText,
    verify: ({ body, headers }, secret) => octokitVerify(secret, body, headers['x-hub-signature-256'] ?? ''),
    sign: async (body, id, secret) => ({
      'x-hub-signature-256': await octokitSign(secret, body),
      'x-github-delivery': id,
    }),
  },
  {
    name: '@slack/bolt',
    preset: 'slack',
    secret: hexText,
    verify: ({ body, headers }, signingSecret) =>
      isValidSlackRequest({
        body,
        signingSecret,
        headers: {
          'x-slack-signature': headers['x-slack-signature'] ?? '',
          'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
        },
      }),
  },
];

/** An object, since Stripe's library refuses anything that isn't an event. */
const anyBody = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
  .map(value => JSON.stringify({ ...value, object: 'event' }));
const anyKey = fc.uint8Array({ minLength: 24, maxLength: 64 }).filter(key => key.some(byte => byte !== 0));
const anyId = fc.stringMatching(/^[\w-]{1,30}$/);

const body = '{"object":"event"}';
const key = Buffer.alloc(32, 'a key');
const otherKey = Buffer.alloc(32, 'another');

describe.each(peers)('$name', peer => {
  const scheme = schemes[peer.preset];
  const secretOf = (text: string) => createSecret(Buffer.from(text), 'the test', scheme.secrets);
  const bare = (text: string): Message => ({ method: 'POST', headers: [], body: Buffer.from(text) });

  const weSign = (delivery: { body: string; id?: string; at?: Date }, secret: string): Delivery => {
    const { id = 'evt_1', at = now } = delivery;
    const headers = scheme.sign(bare(delivery.body), { secret: secretOf(secret), now: at, id });
    return { body: delivery.body, headers: Object.fromEntries(headers) };
  };
  const weAccept = ({ body: text, headers }: Delivery, secret: string): boolean =>
    scheme.verify({ ...bare(text), headers: Object.entries(headers) }, [secretOf(secret)], now).valid;

  /** The results of both for a request. */
  const answersTo = async (delivery: Delivery, secret: string) => ({
    ours: weAccept(delivery, secret),
    theirs: await isAcceptedBy(peer, delivery, secret),
  });
  const accepted = { ours: true, theirs: true };
  const refused = { ours: false, theirs: false };

  test('accepts our signatures, for any body, id and secret', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, anyId, anyKey, async (text, id, bytes) => {
        const secret = peer.secret(bytes);
        expect(await answersTo(weSign({ body: text, id }, secret), secret)).toEqual(accepted);
      }),
      { numRuns: 50 },
    );
  });

  const { sign } = peer;
  if (sign)
    test('signs like us', async () => {
      await fc.assert(
        fc.asyncProperty(anyBody, anyId, anyKey, async (text, id, bytes) => {
          const secret = peer.secret(bytes);
          const delivery = { body: text, headers: await sign(text, id, secret) };
          expect(await answersTo(delivery, secret)).toEqual(accepted);
          expect(weSign({ body: text, id }, secret)).toEqual(delivery);
        }),
        { numRuns: 50 },
      );
    });

  test('refuses another body and another secret, like us', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, anyBody, anyKey, async (text, otherText, bytes) => {
        fc.pre(text !== otherText);
        const secret = peer.secret(bytes);
        const delivery = weSign({ body: text }, secret);
        expect(await answersTo({ ...delivery, body: otherText }, secret)).toEqual(refused);
        expect(await answersTo(delivery, peer.secret(otherKey))).toEqual(refused);
      }),
      { numRuns: 50 },
    );
  });

  /** GitHub doesn't sign the id of a delivery. */
  const signedHeaders = scheme.headers.filter(name => name !== 'x-github-delivery');

  test.each(signedHeaders)('refuses another %s, and a request without it, like us', async name => {
    const secret = peer.secret(key);
    const delivery = weSign({ body }, secret);
    const { [name]: value = '', ...rest } = delivery.headers;
    const changed = { ...rest, [name]: name === scheme.signatureHeader ? flipped(value) : oneUp(value) };
    expect(await answersTo({ body, headers: changed }, secret)).toEqual(refused);
    expect(await answersTo({ body, headers: rest }, secret)).toEqual(refused);
  });

  if (scheme.isTimed)
    test('accepts a four-minute-old signature and refuses a six-minute-old one, like us', async () => {
      const secret = peer.secret(key);
      const ago = (minutes: number) => weSign({ body, at: new Date(now.getTime() - minutes * 60_000) }, secret);
      expect(await answersTo(ago(4), secret)).toEqual(accepted);
      expect(await answersTo(ago(6), secret)).toEqual(refused);
    });

  const { list, pair = '' } = scheme.definition.signature;
  if (list !== undefined)
    test('accepts any of several signatures, like us', async () => {
      const secret = peer.secret(key);
      const { signatureHeader } = scheme;
      const { headers } = weSign({ body }, secret);
      const { [signatureHeader]: right = '' } = headers;
      const { [signatureHeader]: wrong = '' } = weSign({ body }, peer.secret(otherKey)).headers;
      for (const entries of [
        [wrong, right],
        [right, wrong],
        [right, `v9${pair}other`],
      ]) {
        const delivery = { body, headers: { ...headers, [signatureHeader]: entries.join(list) } };
        expect(await answersTo(delivery, secret)).toEqual(accepted);
      }
    });
});

/** Changes the first character of the digest, wherever it is in the value. */
const flipped = (value: string): string =>
  value.replace(/[A-Za-z0-9+/]{40,}/, digest => `${digest.startsWith('a') ? 'b' : 'a'}${digest.slice(1)}`);

/** Increments the last digit, so a timestamp stays within the tolerance. */
const oneUp = (value: string): string => value.replace(/\d$/, digit => String((Number(digit) + 1) % 10));

test('both skip an entry of another version', async () => {
  const [standard] = peers;
  const [{ 'standard-webhooks': scheme }, text] = [schemes, whsec(key)];
  const message: Message = { method: 'POST', headers: [], body: Buffer.from(body) };
  const secret = createSecret(Buffer.from(text), 'the test', scheme.secrets);
  const headers = scheme.sign(message, { secret, now, id: 'evt_1' });
  const both = headers.map(([name, value]): Header => [
    name,
    name === scheme.signatureHeader ? `v1a,QUJD ${value}` : value,
  ]);
  expect(scheme.verify({ ...message, headers: both }, [secret], now).valid).toBe(true);
  expect(await isAcceptedBy(standard!, { body, headers: Object.fromEntries(both) }, text)).toBe(true);
});
