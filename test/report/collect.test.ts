import { describe, expect, test } from 'vitest';
import { createFindings } from '../../src/report/collect.js';
import { documents, type DocumentForm } from '../../src/report/documents.js';
import type { Outcome } from '../../src/report/finding.js';
import { pointsIn } from './points.js';
import { readXml } from './xml.js';

/** This many findings of each outcome, with at most two of each listed. */
function collected(counts: Partial<Record<Outcome, number>>) {
  const findings = createFindings(2);
  for (const [outcome, count] of Object.entries(counts))
    for (let number = 1; number <= count; number += 1)
      findings.add({ suite: 'a', name: `${outcome} ${number}`, outcome: outcome as Outcome, message: 'm' });
  return findings;
}

const written = (form: DocumentForm, findings = collected({ passed: 3, failed: 5, warning: 2, skipped: 4 })): string =>
  documents[form](findings.listed('t'), 't', findings.totals());

describe('a report of more findings than it lists', () => {
  test('lists the first of each outcome, and one entry for the others that is as bad', () => {
    const listed = collected({ passed: 3, failed: 5, warning: 2, skipped: 4 }).listed('t');
    expect(listed.map(({ name }) => name)).toEqual([
      ...['passed 1', 'passed 2', 'failed 1', 'failed 2', 'warning 1', 'warning 2', 'skipped 1', 'skipped 2'],
      'not listed',
    ]);
    expect(listed.at(-1)).toEqual({
      ...{ suite: 't', name: 'not listed', outcome: 'failed' },
      message: 'more findings: 3 failed, 2 skipped, 1 passed',
    });
    expect(collected({ passed: 3 }).listed('t').at(-1)).toMatchObject({ name: 'not listed', outcome: 'passed' });
    expect(collected({ failed: 2 }).listed('t')).toHaveLength(2);
  });

  test('has all of them in its totals, if the format has totals', () => {
    expect(JSON.parse(written('json'))).toMatchObject({ passed: 3, failed: 5, warnings: 2, skipped: 4 });
    const words = '3 passed, 5 failed, 2 with a warning, 4 skipped';
    expect(written('github')).toContain(`t: ${words}`);
    expect(written('github')).toContain('4 skipped: a: skipped 1, a: skipped 2');
    expect(written('markdown')).toContain(words);
    expect(written('tap')).toContain('# 5 failed, 2 with a warning, 4 skipped');
  });

  test('has as many points as it announces', () => {
    expect(written('tap')).toContain('1..9\n');
    expect(pointsIn(written('tap')).map(({ ok }) => ok)).toEqual([true, true, false, false, true, true, true, true, false]);
    expect(readXml(written('junit'))).toMatchObject({ testsuites: { tests: '9', failures: '3' } });
  }); // prettier-ignore
});
