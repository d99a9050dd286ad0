import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documents } from '../../src/report/documents.js';
import type { Finding } from '../../src/report/finding.js';

const published = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
// It is written in draft-04, and uses nothing that later drafts interpret differently.
const { $schema: draft, id, ...schema } = JSON.parse(readFileSync(published, 'utf8')) as Record<string, unknown>;
const fits = ajv.compile(schema);

test('the schema is the one this test expects', () => {
  expect([draft, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
});

const problem: Finding = {
  suite: 'in/a b.json',
  name: '3:7 wrong-type',
  rule: 'wrong-type',
  outcome: 'failed',
  message: 'data is [not](an) object',
  file: 'in/a b.json',
  line: 3,
  column: 7,
};

const resultsOf = (findings: readonly Finding[]) => {
  const log = JSON.parse(documents.sarif(findings, 'webhook-cli validate')) as unknown;
  expect(fits(log), ajv.errorsText(fits.errors)).toBe(true);
  return (log as { runs: { results: Record<string, unknown>[]; tool: unknown }[] }).runs[0]!;
};

test('a problem has its rule, its level and its place', () => {
  const { results, tool } = resultsOf([problem, { ...problem, outcome: 'warning', rule: 'empty' }]);
  expect(tool).toMatchObject({
    driver: { rules: [{ id: 'wrong-type', shortDescription: { text: 'wrong type' } }, { id: 'empty' }] },
  });
  expect(results).toMatchObject([
    {
      ruleId: 'wrong-type',
      level: 'error',
      // Without the backslashes, it would be a link.
      message: { text: String.raw`data is \[not\](an) object` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'in/a%20b.json' },
            region: { startLine: 3, startColumn: 7 },
          },
        },
      ],
    },
    { ruleId: 'empty', level: 'warning' },
  ]);
});

test('passed and skipped findings are not results', () => {
  expect(
    resultsOf([
      { ...problem, outcome: 'passed' },
      { ...problem, outcome: 'skipped' },
    ]).results,
  ).toEqual([]);
});

test.each([
  ['./a.json', 'a.json'],
  ['a/../b#1.json', 'b%231.json'],
  ['/etc/x.json', 'file:///etc/x.json'],
])('the file %s is %s', (file, uri) => {
  const [result] = resultsOf([{ ...problem, file }]).results;
  expect(result).toMatchObject({ locations: [{ physicalLocation: { artifactLocation: { uri } } }] });
});

test('a finding from standard input has no place', () => {
  expect(resultsOf([{ ...problem, file: '-' }]).results).toMatchObject([{ locations: [] }]);
});

const printsOf = (findings: readonly Finding[]) =>
  resultsOf(findings).results.map(result => (result['partialFingerprints'] as Record<string, string>)['problem/v1']);

test('a problem keeps its fingerprint when its line moves, and similar ones have different fingerprints', () => {
  expect(printsOf([{ ...problem, line: 30 }])).toEqual(printsOf([problem]));
  expect(new Set(printsOf([problem, problem, { ...problem, rule: 'empty' }])).size).toBe(3);
});

test('any text gives a log that the schema accepts', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const finding = fc.record({ suite: text, name: text, rule: text, message: text, details: text, file: text, line: fc.integer({ min: 1 }) }); // prettier-ignore
  fc.assert(
    fc.property(finding, made => {
      expect(resultsOf([{ ...made, outcome: 'failed' }]).results).toHaveLength(1);
    }),
  );
});
