import { readFileSync } from 'node:fs';
import type { Header } from '../../src/http/header.js';
import type { Message } from '../../src/scheme/message.js';
import type { PresetName } from '../../src/scheme/presets/index.js';
import type { Scheme } from '../../src/scheme/scheme.js';
import { schemes } from '../../src/scheme/schemes.js';
import { createSecret, type Secret } from '../../src/scheme/secret.js';
import { readTimestamp } from '../../src/scheme/timestamp.js';

/** A known answer: the signature that the vendor or another program makes with this secret and this body. */
export interface Vector {
  source: string;
  preset: PresetName;
  /** As the vendor writes it. */
  secret: string;
  body: string | Uint8Array;
  /** As it is in the request. */
  timestamp?: string;
  id?: string;
  /** The value of the signature header. */
  value: string;
  /** Why signing gives another value. */
  verifiesOnly?: 'its secret is a public key' | 'its entries are in another order';
}

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url));

/** The event from Stripe's own tests, with its final newline. */
const stripeEvent = `{
  "id": "evt_123",
  "object": "event",
  "account": "acct_123",
  "api_version": "2017-05-25",
  "created": 1533204620,
  "data": {
    "object": {
      "id": "cus_123",
      "object": "customer",
      "created": 123456789,
      "email": "test@stripe.com",
      "livemode": false,
      "metadata": {}
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_123",
    "idempotency_key": "idempotency-key-123"
  },
  "type": "customer.created"
}
`;

const standardWebhooks = {
  preset: 'standard-webhooks',
  body: '{"test": 2432232314}',
  timestamp: '1614265330',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
} as const;

const convoy = {
  source: 'frain-dev/convoy, signature-vectors.json',
  preset: 'convoy',
  secret: 'convoy-webhook-secret',
  body: '{"event":"charge.success","amount":1000,"currency":"NGN"}',
  timestamp: '1700000000',
} as const;

export const vectors: readonly Vector[] = [
  {
    source: 'developer.fin.com, its shortest example',
    preset: 'fin',
    secret: 'test_secret',
    body: fixture('trimmed.compact.json'),
    value: '3a3ff32c8876bb8a2126faf91516ba21a4485c0118dd8c6fac64fd78f164319e',
  },
  {
    source: 'standard-webhooks, webhook.test.ts',
    ...standardWebhooks,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    value: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    source: 'svix/svix-webhooks, worker.rs: ed25519',
    ...standardWebhooks,
    secret: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
    value: 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
    verifiesOnly: 'its secret is a public key',
  },
  {
    source: 'docs.svix.com, verifying payloads manually',
    preset: 'svix',
    secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
    body: '{"event_type":"ping","data":{"success":true}}',
    timestamp: '1731705121',
    id: 'msg_loFOjxBNrRLzqYUf',
    value: 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
  },
  {
    source: 'stripe/stripe-dotnet, EventUtilityTest.cs',
    preset: 'stripe',
    secret: 'webhook_secret',
    body: stripeEvent,
    timestamp: '1533204620',
    value: 't=1533204620,v1=2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7',
  },
  {
    source: 'docs.github.com, validating webhook deliveries',
    preset: 'github',
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    value: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  },
  {
    source: 'docs.slack.dev, verifying requests from Slack',
    preset: 'slack',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    timestamp: '1531420618',
    value: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  },
  {
    source: 'Shopify/shopify-app-js, validate.test.ts',
    preset: 'shopify',
    secret: 'test_secret_key',
    body: '{"foo": "bar"}',
    value: 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=',
  },
  {
    source: 'PaddleHQ/paddle-node-sdk, webhooks-validator.node.test.ts',
    preset: 'paddle',
    secret: 'VALID_SECRET',
    body: '{"data": ["1", "2"]}',
    timestamp: '1698796800',
    value: 'ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9',
  },
  {
    source: 'the crate webhook-verify, made with openssl',
    preset: 'zoom',
    secret: 'zoom_webhook_secret',
    body: '{"event":"meeting.started","event_ts":1626230691572}',
    timestamp: '1739923528',
    value: 'v0=71276689c37d865ee24535dab72c05883e9d083978e8d3161202634051b15404',
  },
  {
    source: 'razorpay/razorpay-node, razorpay-utils.spec.js',
    preset: 'razorpay',
    secret: '123456',
    body: '{"a":1,"b":2,"c":{"d":3}}',
    value: '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc',
  },
  {
    source: '@sanity/webhook, signature.test.ts',
    preset: 'sanity',
    secret: 'test',
    body: '{"_id":"resume"}',
    timestamp: '1633519811129',
    value: 't=1633519811129,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0',
  },
  {
    ...convoy,
    value: 't=1700000000,v1=77b8b9269f25a199846a55a2bd25b3fba151c70fdae60bb1dcd87fbbc943c55c',
  },
  {
    ...convoy,
    source: `${convoy.source}: the timestamp last`,
    value: 'v1=77b8b9269f25a199846a55a2bd25b3fba151c70fdae60bb1dcd87fbbc943c55c,t=1700000000',
    verifiesOnly: 'its entries are in another order',
  },
];

/** A vector, ready to be signed and verified. */
export interface Known {
  scheme: Scheme;
  secret: Secret;
  /** Without the scheme's headers. */
  bare: Message;
  /** The scheme's headers, in its order, as the vendor writes them. */
  headers: Header[];
  /** The time of the vector's timestamp. */
  now: Date;
  id: string;
}

export function knownFrom({ preset, secret, body, timestamp = '0', id = 'sample_1', value }: Vector): Known {
  const scheme = schemes[preset];
  const { id: place, timestamp: time, algorithmHeader } = scheme.definition;
  const values = new Map([
    [scheme.signatureHeader, value],
    [time?.header, timestamp],
    [typeof place === 'object' ? place.header : undefined, id],
    [algorithmHeader?.name, algorithmHeader?.values[0]],
  ]);
  return {
    scheme,
    secret: createSecret(Buffer.from(secret), 'the vector', scheme.secrets),
    bare: { method: 'POST', headers: [], body: Buffer.from(body) },
    headers: scheme.headers.map((name): Header => [name, values.get(name) ?? '']),
    now: new Date(readTimestamp(timestamp, time?.unit ?? 's') ?? 0),
    id,
  };
}
