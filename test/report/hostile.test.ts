import fc from 'fast-check';
import { Parser } from 'tap-parser';
import { expect, test } from 'vitest';
import { documents } from '../../src/report/documents.js';
import type { Finding } from '../../src/report/finding.js';
import { pointsIn } from './points.js';
import { readXml } from './xml.js';

const nasty = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\0',
    '\u001b[31m',
    '\u202e',
    '\u2028',
    '\ufffe',
    '\ud800',
    '::error::',
    '##[error]',
    '##vso[',
    '%0A',
  ],
  ...[
    '"',
    "'",
    '<',
    '>',
    '&',
    ']]>',
    '</failure>',
    '<!--',
    '|',
    '`',
    '\\',
    '#',
    ' # SKIP',
    '- ok',
    '\n...\n',
    '\n  ---',
  ],
  ...['\nnot ok 1', '\nBail out!', '\n1..0', '::', ',', '=', '{', '[', '![x](https://e.test)', 'true', 'é', '😀'],
);
const text = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 6 })
  .map(parts => parts.join(''));
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    suite: text,
    name: text,
    message: text,
    details: text,
    file: text,
    outcome: fc.constantFrom('passed', 'failed', 'warning', 'skipped'),
    line: fc.nat(),
  },
  { requiredKeys: ['suite', 'name', 'outcome'] },
);
const findings = fc.array(finding, { minLength: 1, maxLength: 4 });

/** Text that could start a command in a CI log; an address like `[::1]` couldn't. */
const command = /::(?![\d\]/])|##/;

const holds = (form: keyof typeof documents, check: (document: string, given: readonly Finding[]) => void): void => {
  fc.assert(
    fc.property(findings, text, (given, title) => {
      const document = documents[form](given, title);
      // Characters that a terminal acts on, or that XML can't contain; line breaks belong to the documents.
      expect(document).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u);
      check(document, given);
    }),
    { numRuns: 150 },
  );
};

test('JUnit has one testcase for each finding, whatever the texts', () => {
  holds('junit', (document, given) => {
    const { testsuites } = readXml(document) as {
      testsuites: { testsuite: { testcase: { failure?: unknown; skipped?: unknown }[] }[] };
    };
    const cases = testsuites.testsuite.flatMap(({ testcase }) => testcase);
    expect(cases).toHaveLength(given.length);
    expect(cases.filter(one => one.failure !== undefined)).toHaveLength(count(given, 'failed'));
    expect(cases.filter(one => one.skipped !== undefined)).toHaveLength(count(given, 'skipped'));
  });
});

test('TAP has one point for each finding, whatever the texts', () => {
  holds('tap', (document, given) => {
    const parsed = Parser.parse(document);
    const points = pointsIn(document);
    expect(points.map(({ ok, skip }) => ({ ok, isSkipped: Boolean(skip) }))).toEqual(
      given.map(({ outcome }) => ({ ok: outcome !== 'failed', isSkipped: outcome === 'skipped' })),
    );
    expect(points.filter(({ diag }) => diag)).toHaveLength(count(given, 'failed') + count(given, 'warning'));
    expect(parsed.filter(([kind]) => ['extra', 'bailout', 'child', 'pragma'].includes(kind))).toEqual([]);
    expect(document).not.toMatch(command);
  });
});

test('GitHub gets one command for each finding, and no others', () => {
  holds('github', (document, given) => {
    const lines = document.split('\n').slice(0, -2);
    const notices = count(given, 'skipped') > 0 ? 1 : 0;
    expect(lines).toHaveLength(count(given, 'failed') + count(given, 'warning') + notices);
    expect(document.split('\n').at(-2)).not.toMatch(command);
    for (const line of lines) {
      expect(line).toMatch(/^::(?:error|warning|notice) (?:file=[^:,]*,)?(?:line=\d+,)?title=[^:,]*::/);
      expect(line.replace(/^::[^:]*::/, '')).not.toMatch(command);
    }
  });
});

test('Markdown has one row of three cells for each finding', () => {
  holds('markdown', (document, given) => {
    const rows = document
      .split('\n')
      .filter(line => line.startsWith('| '))
      .slice(1);
    expect(rows).toHaveLength(given.length - count(given, 'passed'));
    for (const row of rows) {
      const bare = row.replaceAll(/\\./g, '').replaceAll('<br>', '');
      expect(bare.split('|')).toHaveLength(5);
      expect(bare).not.toMatch(/[<>`*[\]]/);
      expect(bare).not.toMatch(command);
    }
  });
});

test('JSON is read back unchanged', () => {
  holds('json', (document, given) => {
    expect((JSON.parse(document) as { findings: unknown }).findings).toEqual(JSON.parse(JSON.stringify(given)));
    expect(document).not.toMatch(command);
  });
});

const count = (given: readonly Finding[], outcome: Finding['outcome']): number =>
  given.filter(candidate => candidate.outcome === outcome).length;
