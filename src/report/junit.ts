import XMLBuilder from 'fast-xml-builder';
import { bySuite, countOf, type Finding } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/**
 * JUnit's XML in the dialect that Jenkins, GitLab and GitHub's actions share; there is no standard. A warning is a passed
 * test with output.
 */
export function junit(findings: readonly Finding[], title: string): string {
  const suites = [...bySuite(findings)].map(([name, members]) => ({
    ...totals(name, members),
    testcase: members.map(testcase),
  }));
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressBooleanAttributes: false });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: { ...totals(title, findings), testsuite: suites },
  });
}

const totals = (name: string, findings: readonly Finding[]) => ({
  '@_name': oneLine(name),
  '@_tests': findings.length,
  '@_failures': countOf(findings, 'failed'),
  '@_errors': 0,
  '@_skipped': countOf(findings, 'skipped'),
  '@_time': findings.reduce((sum, { seconds = 0 }) => sum + seconds, 0).toFixed(3),
});

const testcase = ({ suite, name, file, line, seconds = 0, ...finding }: Finding) => ({
  '@_name': oneLine(name),
  '@_classname': oneLine(suite),
  ...(file !== undefined && { '@_file': oneLine(file) }),
  ...(line !== undefined && { '@_line': line }),
  '@_time': seconds.toFixed(3),
  ...results[finding.outcome](finding),
});

type Result = Pick<Finding, 'message' | 'details'>;

const results: Record<Finding['outcome'], (result: Result) => object> = {
  passed: () => ({}),
  failed: ({ message = 'failed', details }) => ({
    failure: { '@_message': oneLine(message), '@_type': 'failed', '#text': textOf(details) },
  }),
  warning: ({ message = '', details }) => ({ 'system-out': textOf(`warning: ${message}\n${details ?? ''}`) }),
  skipped: ({ message = 'skipped' }) => ({ skipped: { '@_message': oneLine(message) } }),
};

const textOf = (details = ''): string => plainLines(details).join('\n').trimEnd();
