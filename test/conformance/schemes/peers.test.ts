import type { IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { verify as verifyGithub } from '@octokit/webhooks-methods';
import { isValidSlackRequest } from '@slack/bolt';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { expect, test } from 'vitest';
import { createSecret } from '../../../src/scheme/secret.js';
import { check } from '../checking.js';
import { startHandler } from '../receiver.js';
import { profiles, type Profile } from './profiles.js';

type Headers = Record<string, string>;

/** Throws, or returns false, to refuse a request. */
type Verify = (body: string, headers: Headers, secret: string) => unknown;

const flat = (headers: IncomingHttpHeaders): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** A receiver that relies entirely on a library. */
const startPeer = ({ secret }: Profile, verify: Verify): Promise<string> =>
  startHandler((request, response) => {
    void (async () => {
      if (request.method !== 'POST') return response.writeHead(405).end();
      try {
        const body = await buffer(request);
        if ((await verify(body.toString(), flat(request.headers), secret)) === false) throw new Error('refused');
        return response.writeHead(200).end();
      } catch {
        return response.writeHead(400).end();
      }
    })();
  });

interface Shortcomings {
  failed: string[];
  advice: string[];
  causes: string[];
}

const none: Shortcomings = { failed: [], advice: [], causes: [] };

test.each<[string, Profile, { verify: Verify; shortcomings: Shortcomings }]>([
  [
    'standardwebhooks',
    profiles['standard-webhooks'],
    { verify: (body, headers, secret) => new StandardWebhook(secret).verify(body, headers), shortcomings: none },
  ],
  [
    'svix',
    profiles.svix,
    { verify: (body, headers, secret) => new SvixWebhook(secret).verify(body, headers), shortcomings: none },
  ],
  [
    'stripe',
    profiles.stripe,
    {
      verify: (body, headers, secret) =>
        Stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret),
      // It compares the age with NaN.
      shortcomings: { failed: [], advice: ['timestamp-not-a-time'], causes: ['age-of-some-only'] },
    },
  ],
  [
    '@octokit/webhooks-methods',
    profiles.github,
    {
      verify: (body, headers, secret) => verifyGithub(secret, body, headers['x-hub-signature-256'] ?? ''),
      shortcomings: none,
    },
  ],
  [
    '@slack/bolt',
    profiles.slack,
    {
      verify: (body, headers, signingSecret) =>
        isValidSlackRequest({
          body,
          signingSecret,
          headers: {
            'x-slack-signature': headers['x-slack-signature'] ?? '',
            'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
          },
        }),
      // The library leaves the challenge to other code.
      shortcomings: { failed: ['handshake'], advice: ['future', 'wrong-unit'], causes: ['future-unchecked'] },
    },
  ],
])('a receiver that relies on %s', async (_, profile, { verify, shortcomings }) => {
  const { scheme, secret } = profile;
  const found = await check(await startPeer(profile, verify), {
    scheme,
    secret: createSecret(Buffer.from(secret), 'test', scheme.secrets),
  });
  const { failed, advice, causes } = found;
  expect({ failed, advice, causes: causes.map(({ id }) => id) }).toEqual(shortcomings);
});
