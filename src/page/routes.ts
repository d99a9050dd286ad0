import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseMatch } from '../event/match.js';
import type { ExchangeReport } from '../exchange/reports.js';
import type { PageAssets } from './assets.js';
import type { Desk } from './desk.js';
import { jsonBody } from './json-body.js';
import { PageProblem } from './problem.js';
import type { Replay, Replayer } from './replayer.js';
import { begin, sendBytes, sendJson } from './respond.js';
import { search } from './search.js';
import type { Session } from './session.js';
import type { Kept, PageSource } from './source.js';
import type { Streams } from './streams.js';
import type { PageInfo } from './types.js';

/** What handlers need to respond to a request. */
export interface Service {
  assets: PageAssets;
  info: () => Promise<PageInfo>;
  source: PageSource;
  /** The reports on what arrived after a request; undefined if nothing new can arrive. */
  after: ((position: number) => readonly ExchangeReport[]) | undefined;
  desk: Desk;
  replayer: Replayer;
  streams: Streams;
  session: Session;
}

interface Asked {
  message: IncomingMessage;
  response: ServerResponse;
  /** The position of the request that the path names. */
  position: number;
  query: URLSearchParams;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
}

export interface Route {
  method: 'GET' | 'POST';
  /** Matches the whole path; its only group is the position of a request. */
  path: RegExp;
  /** Whether it needs no session. */
  isPublic?: boolean;
  handle: (asked: Asked, service: Service) => Promise<void> | void;
}

const get = (path: RegExp, handle: Route['handle']): Route => ({ method: 'GET', path, handle });
const post = (path: RegExp, handle: Route['handle']): Route => ({ method: 'POST', path, handle });
const asset = (path: RegExp, type: string, part: keyof PageAssets): Route => ({
  ...get(path, ({ response }, { assets }) => {
    sendBytes(response, { type: `${type}; charset=utf-8` }, assets[part]);
  }),
  isPublic: true,
});

/** Paths are compared undecoded, so nothing can traverse folders. */
export const routes: readonly Route[] = [
  asset(/^\/$/, 'text/html', 'html'),
  asset(/^\/page\.js$/, 'text/javascript', 'script'),
  asset(/^\/page\.css$/, 'text/css', 'style'),
  { ...post(/^\/api\/session$/, openSession), isPublic: true },
  get(/^\/api\/page$/, async ({ response }, { info }) => {
    sendJson(response, await info());
  }),
  get(/^\/api\/requests$/, list),
  get(/^\/api\/requests\/([1-9]\d{0,8})$/, async (asked, service) => {
    sendJson(asked.response, await service.desk.show(await kept(asked, service)));
  }),
  get(/^\/api\/requests\/([1-9]\d{0,8})\/body$/, sendBody),
  post(/^\/api\/requests\/([1-9]\d{0,8})\/replay$/, replay),
  get(/^\/api\/search$/, find),
  get(/^\/api\/events$/, follow),
];

/** In bytes. */
const largest = { token: 1024, replay: 8 * 1024 * 1024 };

async function openSession({ message, response }: Asked, { session }: Service): Promise<void> {
  const { token } = await jsonBody(message, largest.token);
  if (typeof token !== 'string' || !session.isToken(token))
    throw new PageProblem(403, 'this link is no longer valid', { hint: 'open the link that webhook-cli printed' });
  begin(response, 204, { 'set-cookie': session.cookie });
  response.end();
}

async function list({ response, query }: Asked, { source, desk }: Service): Promise<void> {
  const before = numberIn(query, 'before') ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(numberIn(query, 'limit') ?? 200, 1000);
  const requests = await desk.list({ before, limit });
  sendJson(response, { total: await source.total(), requests });
}

/** Throws PageProblem unless the text is a positive number. */
function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new PageProblem(400, `${name} has to be a positive number`);
}

async function kept({ position }: Asked, { source }: Service): Promise<Kept> {
  const found = await source.find(position);
  if (!found) throw new PageProblem(404, `request ${position} isn't kept`);
  return found;
}

async function sendBody(asked: Asked, service: Service): Promise<void> {
  const { request } = await kept(asked, service);
  const headers = { 'content-disposition': `attachment; filename="request-${asked.position}.bin"` };
  sendBytes(asked.response, { type: 'application/octet-stream', headers }, request.body);
}

async function replay(asked: Asked, service: Service): Promise<void> {
  const wanted = replayIn(await jsonBody(asked.message, largest.replay));
  sendJson(asked.response, await service.replayer.replay(await kept(asked, service), wanted, asked.signal));
}

function replayIn({ sign, body }: Readonly<Record<string, unknown>>): Replay {
  if (typeof sign !== 'boolean') throw new PageProblem(400, 'sign has to be true or false');
  if (body === undefined) return { isSigned: sign };
  if (!sign) throw new PageProblem(400, 'an edited body has to be signed again');
  const bytes = typeof body === 'string' ? Buffer.from(body, 'base64') : undefined;
  if (!bytes || bytes.toString('base64') !== body) throw new PageProblem(400, 'body has to be base64');
  return { isSigned: true, body: bytes };
}

async function find({ response, query, signal }: Asked, { source }: Service): Promise<void> {
  const text = query.get('text') ?? '';
  const matches = query.getAll('match').map(parseMatch);
  if (text === '' && matches.length === 0) throw new PageProblem(400, 'there is nothing to search for');
  sendJson(response, { numbers: await search(source, { text, matches }, signal) });
}

function follow({ message, response }: Asked, { streams, after }: Service): void {
  const last = Number(message.headers['last-event-id'] ?? Number.NaN);
  streams.open(response, () => (after && Number.isSafeInteger(last) ? after(last) : []));
}
