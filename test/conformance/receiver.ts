import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export const secret = 'the secret of the suite';

export interface Answer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** What a receiver sees of a request. */
interface Request {
  method: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: Buffer;
  server: Server;
}

/** A receiver in steps, each of which can go wrong. An exception in a step gives 500. */
export interface Behaviour {
  allows: (method: string) => boolean;
  /** What is used as the body. */
  read: (request: IncomingMessage) => Promise<Buffer>;
  signatureOf: (request: Request) => string | undefined;
  algorithmOf: (request: Request) => string;
  /** The bytes that are verified. */
  verified: (body: Buffer) => Buffer | string;
  expected: (bytes: Buffer | string, algorithm: string) => string;
  matches: (given: string, expected: string) => boolean;
  refuse: (because: 'missing' | 'wrong' | 'algorithm', expected: string) => Answer;
  parse: (body: Buffer) => unknown;
  isEvent: (json: unknown) => boolean;
  /** What happens with an accepted event. */
  act: (json: never, request: Request) => Answer | Promise<Answer>;
  /** Any exception. */
  fail: (error: unknown, request: Request) => Answer | 'drop';
}

export const hmac = (bytes: Buffer | string, algorithm: string): string =>
  createHmac(algorithm, secret).update(bytes).digest('hex');

const has = (json: unknown, key: string): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && typeof (json as Record<string, unknown>)[key] === 'object';

/** A receiver that does everything right. */
export const right: Behaviour = {
  allows: method => method === 'POST',
  read: request => buffer(request),
  signatureOf: ({ headers, rawHeaders }) =>
    rawHeaders.filter(name => name.toLowerCase() === 'x-fin-signature').length === 1
      ? String(headers['x-fin-signature'])
      : undefined,
  algorithmOf: ({ headers }) => String(headers['x-fin-signature-algorithm'] ?? 'sha256'),
  verified: body => body,
  expected: (bytes, algorithm) => (algorithm === 'sha256' ? hmac(bytes, 'sha256') : ''),
  matches: (given, expected) =>
    /^[0-9a-f]{64}$/.test(given) &&
    expected.length === given.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected)),
  refuse: () => ({ status: 401 }),
  parse: body => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown,
  isEvent: json => has(json, 'event') && has(json, 'data'),
  act: () => ({ status: 200 }),
  fail: () => ({ status: 500 }),
};

async function answerTo(message: IncomingMessage, server: Server, steps: Behaviour): Promise<Answer | 'drop'> {
  const { method = '', headers, rawHeaders } = message;
  const request: Request = { method, headers, rawHeaders, body: Buffer.alloc(0), server };
  try {
    if (!steps.allows(method)) return { status: 405 };
    request.body = await steps.read(message);
    const algorithm = steps.algorithmOf(request);
    const expected = steps.expected(steps.verified(request.body), algorithm);
    const given = steps.signatureOf(request);
    if (!given) return steps.refuse('missing', expected);
    if (expected === '') return steps.refuse('algorithm', expected);
    if (!steps.matches(given, expected)) return steps.refuse('wrong', expected);
    const json = parsed(() => steps.parse(request.body));
    if (json === notJson || !steps.isEvent(json)) return { status: 400 };
    return await steps.act(json as never, request);
  } catch (error) {
    return steps.fail(error, request);
  }
}

const notJson = Symbol('not JSON');

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof TypeError && 'code' in error)) return notJson;
    throw error;
  }
}

/** Starts a receiver on a free port, which stops after the test. */
export async function startBehaviour(changes: Partial<Behaviour> = {}): Promise<string> {
  const steps = { ...right, ...changes };
  const server = createServer();
  return startServer(
    server.on('request', (message: IncomingMessage, response) => {
      void answerTo(message, server, steps).then(answer => {
        if (answer === 'drop') response.destroy();
        else response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
      });
    }),
  );
}

export const startHandler = (handler: RequestListener): Promise<string> => startServer(createServer(handler));

async function startServer(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/fin`;
}
