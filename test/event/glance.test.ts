import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeBody } from '../../src/event/judge-body.js';
import { loadGlance } from '../../src/event/glance.js';
import { inspect } from '../support/events.js';
import { root } from '../support/cli.js';
import { brokenPayloads, fixtureJson, jsonOf, nameOf, replaced } from './broken-payloads.js';
import { misprints } from './misprints.js';
import { published, publishedFiles } from './published.js';

const glance = await loadGlance();
const judged = (text: string, type?: string) => judgeBody(inspect(Buffer.from(text), type));

const folder = path.join(root, 'fixtures/events');
const fixtures = readdirSync(folder).map(file => path.basename(file, '.json'));
const textOf = (fixture: string): string => readFileSync(path.join(folder, `${fixture}.json`), 'utf8');

describe('a glance passes', () => {
  test.each(fixtures)('the fixture %s', fixture => {
    const json: unknown = JSON.parse(textOf(fixture));
    expect(glance(JSON.stringify(json))).toMatchObject({ isSuspicious: false });
    // Only in a compact text can decimals be counted.
    for (const text of [0, 1, '\t'].map(indent => JSON.stringify(json, null, indent))) {
      const { isSuspicious, mention } = judged(text);
      expect(glance(text)).toEqual(isSuspicious ? { isSuspicious } : { isSuspicious, mention });
    }
  });

  test('strings with escapes', () => {
    const text = textOf('approved').replaceAll(/"[^"]*"/g, string => string.replaceAll('e', String.raw`\u0065`));
    expect(text).toContain(String.raw`\u0065`);
    expect(glance(text).isSuspicious).toBe(false);
  });

  test.each(publishedFiles)('the published body %s', file => {
    expect(glance(published(file).toString()).isSuspicious).toBe(false);
  });
});

describe('a glance stops at', () => {
  test.each(misprints)('$name', ({ text }) => {
    expect(glance(text)).toEqual({ isSuspicious: true });
  });

  test.each(brokenPayloads.map(broken => ({ name: nameOf(broken), broken })))('$name', ({ broken }) => {
    expect(glance(JSON.stringify(jsonOf(broken)))).toEqual({ isSuspicious: true });
  });

  test.each([
    ['another type than the required one', textOf('approved'), 'customer.rfi'],
    ['a byte order mark', `\ufeff${textOf('approved')}`, undefined],
    ['an unknown event', textOf('approved').replace('customer.status', 'customer.moved'), undefined],
    ['a key that JavaScript inherits', textOf('approved').replace('"data":{', '"data":{"__proto__":{},'), undefined],
    ['no event at all', 'null', undefined],
    ['no JSON', '{', undefined],
  ])('%s', (_, text, type) => {
    expect(judged(text, type).isSuspicious).toBe(true);
    expect(glance(text, type)).toEqual({ isSuspicious: true });
  });
});

/** The paths of all values in a body. */
const placesIn = (json: unknown, place: readonly (string | number)[] = []): (string | number)[][] =>
  typeof json !== 'object' || json === null
    ? [[...place]]
    : [
        [...place],
        ...Object.entries(json).flatMap(([key, value]) =>
          placesIn(value, [...place, Array.isArray(json) ? Number(key) : key]),
        ),
      ];

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    'x',
    'A@example.com',
    '2026-01-31T09:30:00Z',
    '0001-00-01T00:00:00Z',
    'ON_HOLD',
    'ACTION_REQUIRED',
    1e21,
  ),
);

/** A fixture with another value, a key too many, or one twice. */
const edited = fc.constantFrom(...fixtures).chain(fixture => {
  const json = fixtureJson(fixture);
  return fc
    .record({ place: fc.constantFrom(...placesIn(json)), value, edit: fc.constantFrom('value', 'key', 'twice', 'gap') })
    .map(({ place, value: other, edit }) => {
      if (edit === 'value') return JSON.stringify(replaced(json, place, other));
      const text = JSON.stringify(json);
      if (edit === 'gap') return text.replace('":', '" : ');
      const key = edit === 'key' ? '"new"' : `"${String(place.at(-1) ?? 'event')}"`;
      return text.replace(/\}\}$/, `,${key}:${JSON.stringify(other)}}}`);
    });
});

test('whatever passes a glance has no problem, and mentions the same name', () => {
  let passed = 0;
  fc.assert(
    fc.property(edited, text => {
      const glimpse = glance(text);
      if (glimpse.isSuspicious) return;
      passed += 1;
      const { isSuspicious, mention } = judged(text);
      expect({ isSuspicious, mention }).toEqual(glimpse);
    }),
    { numRuns: 3000 },
  );
  expect(passed).toBeGreaterThan(100);
});
