import { isMatch, parseMatch } from '../../event/match.js';
import { jsonIn } from '../../json/parse.js';
import type { PageExchange, PageInfo } from '../types.js';
import { bytesIn } from './bytes.js';
import { Problem, type Source } from './source.js';

/** The requests embedded in the page's own file; undefined if it has none. */
export function openEmbedded(): Source | undefined {
  const data = document.getElementById('data')?.textContent;
  if (!data) return undefined;
  const { page, requests } = JSON.parse(data) as { page: PageInfo; requests: PageExchange[] };
  const newest = requests.toSorted((one, other) => other.index - one.index);
  const byPosition = new Map(newest.map(request => [request.index, request]));
  return {
    info: page,
    list: ({ before = Number.POSITIVE_INFINITY, limit }) =>
      Promise.resolve({
        total: newest[0]?.index ?? 0,
        requests: newest.filter(({ index }) => index < before).slice(0, limit),
      }),
    show(position) {
      const found = byPosition.get(position);
      return found ? Promise.resolve(found) : Promise.reject(new Problem(`request ${position} isn't in this file`));
    },
    search: query => Promise.resolve(search(newest, query)),
    replay: () => Promise.reject(new Problem("a saved page can't send requests")),
    follow: ({ onConnection }) => {
      onConnection('still');
    },
  };
}

const utf8 = new TextDecoder();

function search(requests: readonly PageExchange[], { text, match }: Parameters<Source['search']>[0]): number[] {
  const wanted = text.toLowerCase();
  const matches = match === '' ? [] : [matchIn(match)];
  return requests
    .filter(({ target, whole: { headers, bodyBase64 } }) => {
      const body = bytesIn(bodyBase64);
      const places = [target, ...headers.map(([name, value]) => `${name}: ${value}`), utf8.decode(body)];
      const hasText = wanted === '' || places.some(place => place.toLowerCase().includes(wanted));
      return hasText && (matches.length === 0 || isMatch(jsonIn(body), matches));
    })
    .map(({ index }) => index);
}

function matchIn(text: string): ReturnType<typeof parseMatch> {
  try {
    return parseMatch(text);
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : '');
  }
}
