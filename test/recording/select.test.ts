import { describe, expect, test } from 'vitest';
import type { CapturedRequest, CaptureEntry } from '../../src/recording/captured-request.js';
import type { Exchange } from '../../src/recording/exchanges.js';
import { newTally, selectEntries, type Selection } from '../../src/recording/select.js';

const request = (status: string): CaptureEntry => ({
  kind: 'request',
  request: {
    method: 'POST',
    target: '/',
    headers: [],
    body: Buffer.from(JSON.stringify({ data: { status } })),
    fidelity: 'exact',
    findings: [],
  },
});

const entries: readonly CaptureEntry[] = [
  request('A'),
  { kind: 'torn' },
  request('B'),
  { kind: 'corrupt', reason: 'a test' },
  request('A'),
];

async function* stream(of: readonly Exchange[] = entries): AsyncGenerator<Exchange> {
  for (const entry of await Promise.resolve(of)) yield entry;
}

/** Positions of requests, and the kinds of other entries. */
async function selected(selection: Selection) {
  const found: (number | string)[] = [];
  for await (const entry of selectEntries(stream(), selection))
    found.push(entry.kind === 'request' ? entry.position : entry.kind);
  return found;
}

/** Each on its own. */
const only = (...positions: number[]) => positions.map(position => ({ from: position, to: position }));

const status = (value: string) => ({ path: ['data', 'status'], value });

test.each<[string, Selection, (number | string)[]]>([
  ['nothing', {}, [1, 'torn', 2, 'corrupt', 3]],
  ['positions', { positions: only(3, 1) }, [1, 'torn', 'corrupt', 3]],
  ['a value', { matches: [status('A')] }, [1, 'torn', 'corrupt', 3]],
  ['one of two values', { matches: [status('A'), status('B')] }, [1, 'torn', 2, 'corrupt', 3]],
  ['positions and a value', { positions: only(2, 3), matches: [status('A')] }, ['torn', 'corrupt', 3]],
  ['a range', { positions: [{ from: 2, to: 3 }] }, ['torn', 2, 'corrupt', 3]],
  ['a position beyond the last request', { positions: only(2, 4) }, ['torn', 2, 'corrupt', 'missing']],
])('selects %s in order, counts only requests, and passes damage on', async (_, selection, expected) => {
  expect(await selected(selection)).toEqual(expected);
});

test('reports missing positions with the number of requests', async () => {
  const all = [];
  for await (const entry of selectEntries(stream(), { positions: only(4, 5, 1) })) all.push(entry);
  expect(all.at(-1)).toEqual({ kind: 'missing', positions: only(4, 5), count: 3 });
});

test('reports only the part of a range that is beyond the last request', async () => {
  const all = [];
  for await (const entry of selectEntries(stream(), { positions: [{ from: 2, to: 9 }] })) all.push(entry);
  expect(all.at(-1)).toEqual({ kind: 'missing', positions: [{ from: 4, to: 9 }], count: 3 });
});

test('reads no further than the last position if that is enough', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<Exchange> {
    for (;;) {
      read += 1;
      yield await Promise.resolve(request(String(read)));
    }
  }
  const found = [];
  for await (const entry of selectEntries(endless(), { positions: only(2, 4) }, { stopsEarly: true }))
    found.push('position' in entry && entry.position);
  expect({ found, read }).toEqual({ found: [2, 4], read: 4 });
});

describe('responses', () => {
  const asked = (facts: Partial<CapturedRequest>): Exchange => ({
    kind: 'request',
    request: { method: 'POST', target: '/', headers: [], body: new Uint8Array(), fidelity: 'exact', findings: [], ...facts },
  }); // prettier-ignore
  const answer = (status: number) => ({ status, headers: [], body: new Uint8Array(), isWhole: true });
  const exchanges = [
    asked({ verdict: { status: 200, answeredBy: 'application' }, answer: answer(204) }),
    asked({ verdict: { status: 200, answeredBy: 'application' }, answer: answer(502) }),
    asked({ verdict: { status: 200, answeredBy: 'application' } }),
    asked({ verdict: { status: 401, signature: 'signature-mismatch', answeredBy: 'receiver' } }),
    asked({ verdict: { status: 200, signature: 'valid', answeredBy: 'receiver' } }),
    asked({ verdict: { status: 404, refusal: 'wrong-path' } }),
    asked({ verdict: { status: 200, answeredBy: 'plan' } }),
    asked({ wasSent: true }),
    asked({}),
  ];

  async function positionsOf(selection: Selection): Promise<number[]> {
    const found: number[] = [];
    for await (const entry of selectEntries(stream(exchanges), selection))
      if (entry.kind === 'request') found.push(entry.position);
    return found;
  }

  test('come from the application, or from the receiver if it responded itself', async () => {
    expect(await positionsOf({ isWantedAnswer: status => status === 200 })).toEqual([5]);
    expect(await positionsOf({ isWantedAnswer: status => status === 502 })).toEqual([2]);
    expect(await positionsOf({ isWantedAnswer: status => status === 404 })).toEqual([6]);
    expect(await positionsOf({ isWantedAnswer: status => status === undefined })).toEqual([3, 7, 8, 9]);
  });

  test('of refused requests are ignored: the receiver sent them', async () => {
    expect(await positionsOf({ isRefused: true })).toEqual([4, 6]);
  });
});

test('remembers a path one level further down while nothing is found', async () => {
  const tally = newTally();
  const selection = {
    matches: [
      { path: ['status'], value: 'A' },
      { path: ['nowhere'], value: 'A' },
    ],
  };
  for await (const entry of selectEntries(stream(), selection, { tally })) expect(entry.kind).not.toBe('request');
  expect(tally).toEqual({ read: 3, selected: 0, cased: new Map(), below: new Map([['status', 'data.status']]) });
});
