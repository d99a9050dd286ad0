import type { ExchangeReport } from '../../exchange/reports.js';
import type { PageInfo } from '../types.js';
import { base64Of } from './bytes.js';
import { positionIn } from './place.js';
import { Problem, type Follower, type Source } from './source.js';

/** Opens the session with the printed link's token, if the address has one, and asks what the page is about. */
export async function openServer(): Promise<Source> {
  const token = location.hash.slice(1);
  if (token !== '' && positionIn(location.hash) === undefined) {
    await post('/api/session', { token });
    // People copy the address, so the token must not stay in it.
    history.replaceState(null, '', location.pathname);
  }
  const info = (await get('/api/page')) as PageInfo;
  return {
    info,
    list: ({ before, limit }) => get('/api/requests', { before, limit }) as ReturnType<Source['list']>,
    show: position => get(`/api/requests/${position}`) as ReturnType<Source['show']>,
    async search({ text, match }, signal) {
      const query = { text: text || undefined, match: match || undefined };
      return ((await get('/api/search', query, signal)) as { numbers: number[] }).numbers;
    },
    replay: (position, { isSigned, body }) =>
      post(`/api/requests/${position}/replay`, {
        sign: isSigned,
        ...(body && { body: base64Of(body) }),
      }) as ReturnType<Source['replay']>,
    follow: follower => {
      if (info.kind === 'listener') follow(follower);
      else follower.onConnection('still');
    },
  };
}

async function get(
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
  signal?: AbortSignal,
): Promise<unknown> {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const search = new URLSearchParams(pairs).toString();
  return answerOf(await fetch(search ? `${path}?${search}` : path, { ...(signal && { signal }) }));
}

const post = async (path: string, value: unknown): Promise<unknown> =>
  answerOf(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    }),
  );

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const { error, hint } = (answer ?? {}) as { error?: string; hint?: string };
  throw new Problem(error ?? `the page's server returned ${response.status}`, hint);
}

/** In milliseconds. */
const wait = 2000;

/** Browsers reconnect on their own, unless the server responded with an error. */
function follow(follower: Follower): void {
  const stream = new EventSource('/api/events');
  stream.addEventListener('open', () => {
    follower.onConnection('live');
    follower.onOpen();
  });
  stream.addEventListener('exchange', event => {
    follower.onExchange(JSON.parse(event.data as string) as ExchangeReport);
  });
  stream.addEventListener('error', () => {
    const isGone = stream.readyState === EventSource.CLOSED;
    follower.onConnection(isGone ? 'lost' : 'reconnecting');
    if (isGone)
      setTimeout(() => {
        follow(follower);
      }, wait);
  });
}
