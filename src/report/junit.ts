import XMLBuilder from 'fast-xml-builder';
import { bySuite, countOf, type Finding } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/**
 * JUnit's XML in the dialect that Jenkins, GitLab and GitHub's actions share; there is no standard. A warning is a passed
 * test with output. It fits the schema of Jenkins' xUnit plugin, except for the `file` and `line` of a problem in a file:
 * GitLab and GitHub's actions read them.
 */
export function junit(findings: readonly Finding[], title: string): string {
  const suites = [...bySuite(findings)].map(([name, members]) => ({
    ...totals(name, members),
    '@_skipped': countOf(members, 'skipped'),
    ...timeOf(members),
    testcase: testcases(members),
  }));
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressBooleanAttributes: false });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: { ...totals(title, findings), ...timeOf(findings), testsuite: suites },
  });
}

const totals = (name: string, findings: readonly Finding[]) => ({
  '@_name': oneLine(name),
  '@_tests': findings.length,
  '@_failures': countOf(findings, 'failed'),
  '@_errors': 0,
});

const timeOf = (findings: readonly Finding[]) => ({
  '@_time': findings.reduce((sum, { seconds = 0 }) => sum + seconds, 0).toFixed(3),
});

function testcases(findings: readonly Finding[]) {
  const seen = new Map<string, number>();
  return findings.map(finding => {
    const count = (seen.get(oneLine(finding.name)) ?? 0) + 1;
    seen.set(oneLine(finding.name), count);
    return testcase(finding, count);
  });
}

/** GitLab keeps one test per name, so duplicates get a number. */
const testcase = ({ suite, name, file, line, seconds = 0, ...finding }: Finding, count: number) => ({
  '@_name': oneLine(count === 1 ? name : `${name} (${count})`),
  '@_classname': oneLine(suite),
  ...(file !== undefined && { '@_file': oneLine(file) }),
  ...(line !== undefined && { '@_line': line }),
  '@_time': seconds.toFixed(3),
  ...results[finding.outcome](finding),
});

type Result = Pick<Finding, 'message' | 'details'>;

/** Jenkins shows the message above the text, and GitLab only the text, so the text repeats the message. */
const results: Record<Finding['outcome'], (result: Result) => object> = {
  passed: () => ({}),
  failed: ({ message = 'failed', details = '' }) => ({
    failure: { '@_message': oneLine(message), '@_type': 'failed', '#text': textOf(`${message}\n${details}`) },
  }),
  warning: ({ message = '', details = '' }) => ({ 'system-out': textOf(`warning: ${message}\n${details}`) }),
  skipped: ({ message = 'skipped' }) => ({ skipped: { '@_message': oneLine(message), '#text': textOf(message) } }),
};

const textOf = (lines: string): string => plainLines(lines).join('\n').trimEnd();
