import type { SchemeDefinition } from '../../src/scheme/definition.js';

export interface Vector {
  source: string;
  definition: SchemeDefinition;
  /** As the key itself: how a scheme writes its key is another matter. */
  key: Uint8Array;
  body: string;
  timestamp?: string;
  id?: string;
  /** The header, as the vendor writes it. */
  value: string;
}

const both = { past: '5m', future: '5m' };

/** Known answers that the vendors publish, or that their own libraries are tested with. */
export const vectors: readonly Vector[] = [
  {
    source: 'docs.github.com, validating webhook deliveries',
    definition: { signature: { header: 'x-hub-signature-256', prefix: 'sha256=' } },
    key: Buffer.from("It's a Secret to Everybody"),
    body: 'Hello, World!',
    value: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  },
  {
    source: 'Shopify/shopify-app-js, validate.test.ts',
    definition: { signature: { header: 'x-shopify-hmac-sha256', encoding: 'base64' } },
    key: Buffer.from('test_secret_key'),
    body: '{"foo": "bar"}',
    value: 'B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=',
  },
  {
    source: 'docs.slack.dev, verifying requests from Slack',
    definition: {
      signature: { header: 'x-slack-signature', prefix: 'v0=' },
      signed: 'v0:{timestamp}:{body}',
      timestamp: { header: 'x-slack-request-timestamp', ...both },
    },
    key: Buffer.from('8f742231b10e8888abcd99yyyzzz85a5'),
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    timestamp: '1531420618',
    value: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  },
  {
    source: 'PaddleHQ/paddle-node-sdk, webhooks-validator.node.test.ts',
    definition: {
      signature: { header: 'paddle-signature', list: ';', pair: '=', key: 'h1' },
      signed: '{timestamp}:{body}',
      timestamp: { key: 'ts', past: '5s', future: null },
    },
    key: Buffer.from('VALID_SECRET'),
    body: '{"data": ["1", "2"]}',
    timestamp: '1698796800',
    value: 'ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9',
  },
  {
    source: 'standard-webhooks, webhook.test.ts',
    definition: {
      signature: { header: 'webhook-signature', encoding: 'base64', list: ' ', pair: ',', key: 'v1' },
      signed: '{id}.{timestamp}.{body}',
      timestamp: { header: 'webhook-timestamp', ...both },
      id: { header: 'webhook-id' },
    },
    key: Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'),
    body: '{"test": 2432232314}',
    timestamp: '1614265330',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    value: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    source: '@sanity/webhook, signature.test.ts',
    definition: {
      signature: { header: 'sanity-webhook-signature', encoding: 'base64url', list: ',', pair: '=', key: 'v1' },
      signed: '{timestamp}.{body}',
      timestamp: { key: 't', unit: 'ms', past: null, future: null },
    },
    key: Buffer.from('test'),
    body: '{"_id":"resume"}',
    timestamp: '1633519811129',
    value: 't=1633519811129,v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0',
  },
];
