import { Parser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import { documents } from '../../src/report/documents.js';
import type { Finding } from '../../src/report/finding.js';
import { pointsIn } from './points.js';
import { readXml } from './xml.js';

const findings: readonly Finding[] = [
  { suite: 'accepts', name: 'valid', outcome: 'passed', seconds: 0.0124 },
  { suite: 'refuses', name: 'unsigned', outcome: 'failed', message: 'it returned 200', details: 'sent: a\nfix: b' },
  { suite: 'accepts', name: 'unknown-event', outcome: 'warning', message: 'it returned 422', seconds: 1.5 },
  { suite: 'refuses', name: 'get', outcome: 'skipped', message: 'not run' },
  { suite: 'a.json', name: 'type', outcome: 'failed', message: 'wrong', file: 'in/a.json', line: 3, column: 7 },
];

describe('JUnit', () => {
  test('has one suite for each, with counts and times, in order', () => {
    const xml = documents.junit(findings, 'a title');
    expect(readXml(xml)).toEqual({
      '?xml': { version: '1.0', encoding: 'UTF-8' },
      testsuites: {
        name: 'a title',
        tests: '5',
        failures: '2',
        errors: '0',
        time: '1.512',
        testsuite: [
          {
            name: 'accepts',
            tests: '2',
            failures: '0',
            errors: '0',
            skipped: '0',
            time: '1.512',
            testcase: [
              { name: 'valid', classname: 'accepts', time: '0.012' },
              {
                name: 'unknown-event',
                classname: 'accepts',
                time: '1.500',
                'system-out': 'warning: it returned 422',
              },
            ],
          },
          {
            name: 'refuses',
            tests: '2',
            failures: '1',
            errors: '0',
            skipped: '1',
            time: '0.000',
            testcase: [
              {
                name: 'unsigned',
                classname: 'refuses',
                time: '0.000',
                failure: { message: 'it returned 200', type: 'failed', '#text': 'it returned 200\nsent: a\nfix: b' },
              },
              { name: 'get', classname: 'refuses', time: '0.000', skipped: { message: 'not run', '#text': 'not run' } },
            ],
          },
          {
            name: 'a.json',
            tests: '1',
            failures: '1',
            errors: '0',
            skipped: '0',
            time: '0.000',
            testcase: [
              {
                name: 'type',
                classname: 'a.json',
                file: 'in/a.json',
                line: '3',
                time: '0.000',
                failure: { message: 'wrong', type: 'failed', '#text': 'wrong' },
              },
            ],
          },
        ],
      },
    });
  });

  test('without findings is still a document', () => {
    const xml = documents.junit([], 'nothing');
    expect(readXml(xml)).toMatchObject({ testsuites: { name: 'nothing', tests: '0' } });
  });

  test('keeps a text that looks like a boolean', () => {
    expect(documents.junit([{ suite: 's', name: 'true', outcome: 'passed' }], 't')).toContain('name="true"');
  });
});

describe('TAP', () => {
  test('is parsed correctly', () => {
    const parsed = Parser.parse(documents.tap(findings, 'a title'));
    expect(pointsIn(documents.tap(findings, 'a title'))).toMatchObject([
      { ok: true, name: 'accepts: valid' },
      {
        ok: false,
        name: 'refuses: unsigned',
        diag: { severity: 'fail', message: 'it returned 200', details: 'sent: a\nfix: b' },
      },
      { ok: true, name: 'accepts: unknown-event', diag: { severity: 'warning', message: 'it returned 422' } },
      { ok: true, name: 'refuses: get', skip: 'not run' },
      { ok: false, diag: { at: { file: 'in/a.json', line: 3, column: 7 } } },
    ]);
    expect(parsed).toContainEqual(['version', 14]);
    expect(parsed).toContainEqual(['plan', expect.objectContaining({ start: 1, end: 5 })]);
    expect(parsed.filter(([kind]) => kind === 'extra' || kind === 'bailout')).toEqual([]);
  });
});

describe('GitHub annotations', () => {
  test('show failures and warnings, with the place', () => {
    expect(documents.github(findings, 'a title')).toBe(
      [
        '::error title=refuses%3A unsigned::it returned 200%0Asent: a%0Afix: b',
        '::warning title=accepts%3A unknown-event::it returned 422',
        '::error file=in/a.json,line=3,col=7,title=a.json%3A type::wrong',
        '::notice title=a title::1 skipped: refuses: get',
        'a title: 1 passed, 2 failed, 1 with a warning, 1 skipped',
        '',
      ].join('\n'),
    );
  });

  test('escape what would end a property or the line', () => {
    const finding: Finding = { suite: 'a,b', name: '100%', outcome: 'failed', message: '50%\nx', file: 'a:b,c' };
    const [line] = documents.github([finding], 't').split('\n');
    expect(line).toBe('::error file=a%3Ab%2Cc,title=a%2Cb%3A 100%25::50%25%0Ax');
  });

  test('have the totals even if everything passed', () => {
    expect(documents.github(findings.slice(0, 1), 't')).toBe('t: 1 passed, 0 failed, 0 with a warning, 0 skipped\n');
  });

  test('count what was never tried, and say why', () => {
    const many = Array.from({ length: 3 }, (_, index): Finding => ({
      ...{ suite: 's', name: `n${index}`, outcome: 'skipped', message: 'not run: too late', isNotRun: true },
    }));
    expect(documents.github([...findings.slice(3, 4), ...many], 't')).toContain(
      '::notice title=t::1 skipped: refuses: get; 3 not run: too late\n',
    );
    expect(documents.github(many, 't')).toContain('::notice title=t::3 not run: too late\n');
  });

  test('name the first hundred skipped findings, and count the others', () => {
    const many = Array.from({ length: 102 }, (_, index): Finding => ({
      ...{ suite: 's', name: `n${index}`, outcome: 'skipped' },
    }));
    expect(documents.github(many, 't')).toMatch(/^::notice title=t::102 skipped: s: n0, .*, s: n99, and 2 more\n/);
  });
});

describe('Markdown', () => {
  test('counts what passed and lists the rest', () => {
    expect(documents.markdown(findings, 'a title')).toBe(
      [
        '### a title',
        '',
        '1 passed, 2 failed, 1 with a warning, 1 skipped',
        '',
        '| | what | result |',
        '|---|---|---|',
        String.raw`| ❌ | refuses\: unsigned | it returned 200<br>sent\: a<br>fix\: b |`,
        String.raw`| ❌ | a.json\: type<br>in/a.json\:3\:7 | wrong |`,
        String.raw`| ⚠️ | accepts\: unknown-event | it returned 422 |`,
        String.raw`| ➖ | refuses\: get | not run |`,
        '',
      ].join('\n'),
    );
  });

  test('describes the run and the causes of failures before it lists them', () => {
    const about = {
      facts: [
        ['receiver', 'http://127.0.0.1:3000/<x>'],
        ['seed', '1'],
      ],
      causes: [{ words: 'it signs *nothing*', fix: 'compare | refuse', explains: ['unsigned', 'tampered'] }],
    } as const;
    const totals = { passed: 1, failed: 2, warning: 0, skipped: 0, about };
    expect(documents.markdown(findings.slice(1, 2), 'a title', totals).split('\n')).toEqual([
      ...['### a title', '', '1 passed, 2 failed, 0 with a warning, 0 skipped', ''],
      ...[String.raw`- receiver: http\://127.0.0.1\:3000/&lt;x&gt;`, '- seed: 1', ''],
      String.raw`**Cause:** it signs \*nothing\*<br>`,
      String.raw`**Fix:** compare \| refuse<br>`,
      ...['**Explains:** unsigned, tampered', '', '| | what | result |', '|---|---|---|'],
      ...[String.raw`| ❌ | refuses\: unsigned | it returned 200<br>sent\: a<br>fix\: b |`, ''],
    ]);
  });

  test('has no table if there is nothing to list', () => {
    expect(documents.markdown(findings.slice(0, 1), 't')).not.toContain('|');
  });

  test('shows markup as text', () => {
    const finding: Finding = { suite: '<b>', name: '`x`', outcome: 'failed', message: '[a](b) | www.c.test &amp;' };
    expect(documents.markdown([finding], 't')).toContain(
      String.raw`| ❌ | &lt;b&gt;\: \`x\` | \[a\]\(b\) \| www\.c.test &amp;amp; |`,
    );
  });
});

test('JSON has the counts and the findings unchanged', () => {
  expect(JSON.parse(documents.json(findings, 'a title'))).toEqual({
    version: 1,
    title: 'a title',
    passed: 1,
    failed: 2,
    warnings: 1,
    skipped: 1,
    findings,
  });
});
