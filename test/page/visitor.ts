import { request as ask, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface PageAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
  json: () => unknown;
}

export interface Asking {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Uint8Array;
}

/** A client that sends only the given headers, and those that HTTP requires. */
export async function askPage(origin: string, path: string, asking: Asking = {}): Promise<PageAnswer> {
  const {
    statusCode = 0,
    headers,
    body,
  } = await new Promise<IncomingMessage & { body: Promise<Buffer> }>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const { method = 'GET', headers = {}, body } = asking;
    const request = ask({ hostname, port, path, method, headers, agent: false }, response => {
      resolve(Object.assign(response, { body: buffer(response) }));
    });
    request.on('error', reject);
    request.end(body);
  });
  const bytes = await body;
  return { status: statusCode, headers, body: bytes, json: () => JSON.parse(bytes.toString()) as unknown };
}

/** A browser that has opened the printed link. */
export interface Visitor {
  origin: string;
  token: string;
  cookie: string;
  get: (path: string, headers?: OutgoingHttpHeaders) => Promise<PageAnswer>;
  post: (path: string, body: unknown, headers?: OutgoingHttpHeaders) => Promise<PageAnswer>;
  /** Follows the events from now on, or after the given id. */
  follow: (lastId?: number) => Promise<Stream>;
}

/** The headers that the page's own script sends with a POST. */
export const own = (origin: string): OutgoingHttpHeaders => ({
  origin,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
});

export async function visit(url: string): Promise<Visitor> {
  const { origin, hash } = new URL(url);
  const token = hash.slice(1);
  const session = await askPage(origin, '/api/session', {
    method: 'POST',
    headers: own(origin),
    body: JSON.stringify({ token }),
  });
  const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
  return {
    origin,
    token,
    cookie,
    get: (path, headers) => askPage(origin, path, { headers: { cookie, ...headers } }),
    post: (path, body, headers) =>
      askPage(origin, path, {
        method: 'POST',
        headers: { cookie, ...own(origin), ...headers },
        body: JSON.stringify(body),
      }),
    follow: lastId => openStream(origin, { cookie, ...(lastId !== undefined && { 'last-event-id': String(lastId) }) }),
  };
}

export interface Stream {
  status: number;
  /** The ids of the events, once there are this many. */
  ids: (count: number) => Promise<number[]>;
  /** Settles when the other side has closed. */
  ended: Promise<void>;
  response: IncomingMessage;
}

export async function openStream(origin: string, headers: OutgoingHttpHeaders): Promise<Stream> {
  const { hostname, port } = new URL(origin);
  const request = ask({ hostname, port, path: '/api/events', headers, agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end();
  });
  onTestFinished(() => {
    request.destroy();
  });
  const found: number[] = [];
  let rest = '';
  response.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    found.push(...lines.filter(line => line.startsWith('id: ')).map(line => Number(line.slice(4))));
  });
  response.on('error', () => undefined);
  const ended = new Promise<void>(resolve => {
    response.once('close', () => {
      resolve();
    });
  });
  return {
    status: response.statusCode ?? 0,
    response,
    ended,
    async ids(count) {
      while (found.length < count) {
        if (response.closed) throw new Error(`closed after ${found.join()}`);
        await Promise.race([new Promise(resolve => response.once('data', resolve)), ended]);
      }
      return [...found];
    },
  };
}
