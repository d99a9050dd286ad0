import { describe, expect, test } from 'vitest';
import type { CapturedAnswer, CapturedRequest } from '../../src/recording/captured-request.js';
import { withAnswers, type Exchange, type ExchangeEntry } from '../../src/recording/exchanges.js';

const request = (target: string, size = 0): CapturedRequest => ({
  ...{ method: 'POST', target, headers: [], fidelity: 'exact', findings: [] },
  body: new Uint8Array(size),
});
const asked = (id: string, size?: number): ExchangeEntry => ({ kind: 'request', id, request: request(id, size) });
const answered = (of: string, status: number, size = 0): ExchangeEntry => {
  const answer: CapturedAnswer = { status, headers: [], body: new Uint8Array(size), isWhole: true };
  return { kind: 'answer', of, answer };
};

async function paired(entries: readonly ExchangeEntry[], most?: number): Promise<string[]> {
  async function* source() {
    // eslint-disable-next-line @typescript-eslint/await-thenable -- as a stream would
    for (const entry of entries) yield await [entry];
  }
  const all: string[] = [];
  for await (const exchange of withAnswers(source(), most)) all.push(shown(exchange));
  return all;
}

const shown = (exchange: Exchange): string =>
  exchange.kind === 'request'
    ? `${exchange.request.target} ${exchange.request.answer?.status ?? 'unanswered'}`
    : exchange.kind;

describe('requests and responses', () => {
  test('are paired whatever is between them, in the order of the requests', async () => {
    const entries = [asked('a'), asked('b'), answered('b', 201), { kind: 'torn' } as const, asked('c'), answered('a', 200)];
    expect(await paired(entries)).toEqual(['a 200', 'b 201', 'torn', 'c unanswered']);
  }); // prettier-ignore

  test('with an id but no counterpart stay alone', async () => {
    expect(await paired([answered('x', 200), asked('a'), answered('y', 200)])).toEqual([
      'unplaced',
      'unplaced',
      'a unanswered',
    ]);
  });

  test('of a recording read twice are paired twice', async () => {
    const once = [asked('a'), answered('a', 200)];
    expect(await paired([...once, ...once])).toEqual(['a 200', 'a 200']);
  });

  test('wait for each other only up to a limit', async () => {
    const entries = [asked('a', 5000), asked('b', 5000), asked('c', 5000), answered('a', 200), answered('c', 202)];
    expect(await paired(entries, 20_000)).toEqual(['a 200', 'b unanswered', 'c 202']);
    expect(await paired(entries, 15_000)).toEqual(['a unanswered', 'unplaced', 'b unanswered', 'c 202']);
  });
});
