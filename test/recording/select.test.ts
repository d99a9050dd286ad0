import { expect, test } from 'vitest';
import type { CaptureEntry } from '../../src/recording/captured-request.js';
import { selectEntries, type Selection } from '../../src/recording/select.js';

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

async function* stream(): AsyncGenerator<CaptureEntry> {
  for (const entry of await Promise.resolve(entries)) yield entry;
}

/** Positions of requests, and other entries by their kind. */
async function selected(selection: Selection) {
  const found: (number | string)[] = [];
  for await (const entry of selectEntries(stream(), selection))
    found.push(entry.kind === 'request' ? entry.position : entry.kind);
  return found;
}

const status = (value: string) => ({ path: ['data', 'status'], value });

test.each<[string, Selection, (number | string)[]]>([
  ['nothing', {}, [1, 'torn', 2, 'corrupt', 3]],
  ['positions', { positions: [3, 1] }, [1, 'torn', 'corrupt', 3]],
  ['a value', { matches: [status('A')] }, [1, 'torn', 'corrupt', 3]],
  ['one of two values', { matches: [status('A'), status('B')] }, [1, 'torn', 2, 'corrupt', 3]],
  ['positions and a value', { positions: [2, 3], matches: [status('A')] }, ['torn', 'corrupt', 3]],
  ['a position beyond the last request', { positions: [2, 4] }, ['torn', 2, 'corrupt', 'missing']],
])('asked for %s, it selects in order, counts requests alone, and passes damage on', async (_, selection, expected) => {
  expect(await selected(selection)).toEqual(expected);
});

test('missing positions come with the number of requests', async () => {
  const all = [];
  for await (const entry of selectEntries(stream(), { positions: [4, 5, 1] })) all.push(entry);
  expect(all.at(-1)).toEqual({ kind: 'missing', positions: [4, 5], count: 3 });
});
