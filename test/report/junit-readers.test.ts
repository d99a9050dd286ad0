import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { documents } from '../../src/report/documents.js';
import type { Finding } from '../../src/report/finding.js';

/** An element of a document: its name, attributes, children and text. */
interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
}

type Ordered = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
});

const elementOf = (node: Ordered): Element => {
  const name = Object.keys(node).find(key => key !== ':@') ?? '';
  const children = (node[name] as Ordered[]).filter(child => !('#text' in child));
  return { name, attributes: (node[':@'] ?? {}) as Record<string, string>, children: children.map(elementOf) };
};

const rootOf = (findings: readonly Finding[]): Element =>
  (parser.parse(documents.junit(findings, 'a title')) as Ordered[])
    .filter(node => !('?xml' in node))
    .map(elementOf)
    .at(-1)!;

const everyIn = (element: Element): Element[] => [element, ...element.children.flatMap(everyIn)];

/**
 * What Jenkins' xUnit plugin accepts. It refuses a whole document for one extra attribute. From junit-10.xsd in
 * jenkinsci/xunit-plugin, limited to what these documents use. `!` marks what it requires.
 */
const jenkins: Readonly<Record<string, { attributes: string[]; children: string[] }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name!', 'tests!', 'failures!', 'errors!', 'time', 'skipped', 'file'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: ['name!', 'time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], children: [] },
  skipped: { attributes: ['type', 'message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

/** The schema's type for a time: digits in groups of three, with or without commas, and a fraction. */
const time = /^(?:(?:\d{0,3},)*\d{3}|\d{0,3})*(?:\.\d*)?$/;

const complaintsOf = ({ name, attributes, children }: Element): string[] => {
  const known = jenkins[name];
  if (!known) return [`<${name}>`];
  const required = known.attributes.filter(one => one.endsWith('!')).map(one => one.slice(0, -1));
  const allowed = known.attributes.map(one => one.replace('!', ''));
  return [
    ...required.filter(one => !(one in attributes)).map(one => `${name} lacks ${one}`),
    ...Object.keys(attributes).flatMap(one => (allowed.includes(one) ? [] : [`${name} has ${one}`])),
    ...children.flatMap(child => (known.children.includes(child.name) ? [] : [`${name} holds ${child.name}`])),
    ...(name !== 'testcase' && 'time' in attributes && !time.test(attributes['time']) ? [`${name}'s time`] : []),
  ];
};

const findings: readonly Finding[] = [
  { suite: 'accepts', name: 'valid', outcome: 'passed', seconds: 0.0124 },
  { suite: 'accepts', name: 'slow', outcome: 'passed', seconds: 123_456.7 },
  { suite: 'accepts', name: 'unknown-event', outcome: 'warning', message: 'it returned 422' },
  { suite: 'refuses', name: 'unsigned', outcome: 'failed', message: 'it returned 200', details: 'sent: a\nfix: b' },
  { suite: 'refuses', name: 'get', outcome: 'skipped', message: 'not run' },
];
const inFile: Finding = {
  suite: 'a.json',
  name: '3:7 wrong',
  outcome: 'failed',
  file: 'in/a.json',
  line: 3,
  column: 7,
};

test("Jenkins' xUnit plugin accepts the report of a run", () => {
  expect(everyIn(rootOf(findings)).flatMap(complaintsOf)).toEqual([]);
  expect(everyIn(rootOf([])).flatMap(complaintsOf)).toEqual([]);
});

test('findings in a file have two more attributes, which other readers use', () => {
  expect(everyIn(rootOf([inFile])).flatMap(complaintsOf)).toEqual(['testcase has file', 'testcase has line']);
});

test('GitLab finds each test in a suite, with its class, file, time and one result', () => {
  const { name, children: suites } = rootOf([...findings, inFile]);
  expect([name, ...new Set(suites.map(suite => suite.name))]).toEqual(['testsuites', 'testsuite']);
  const cases = suites.flatMap(suite => suite.children);
  expect(cases.every(one => one.name === 'testcase' && Number.isFinite(Number(one.attributes['time'])))).toBe(true);
  const results = ['failure', 'error', 'skipped'];
  expect(
    cases.map(({ attributes: { name, classname, file }, children }) => [
      ...[classname, name, file],
      ...children.map(child => child.name).filter(child => results.includes(child)),
    ]),
  ).toEqual([
    ['accepts', 'valid', undefined],
    ['accepts', 'slow', undefined],
    ['accepts', 'unknown-event', undefined],
    ['refuses', 'unsigned', undefined, 'failure'],
    ['refuses', 'get', undefined, 'skipped'],
    ['a.json', '3:7 wrong', 'in/a.json', 'failure'],
  ]);
});

test('GitLab keeps only one test per name, so each has its own name', () => {
  const same: Finding = { suite: 'a.json', name: '1:10 missing', outcome: 'failed' };
  const names = rootOf([same, { ...same, name: 'x' }, same, { ...same, suite: 'b.json' }, same]).children.map(suite =>
    suite.children.map(one => one.attributes['name']),
  );
  expect(names).toEqual([['1:10 missing', 'x', '1:10 missing (2)', '1:10 missing (3)'], ['1:10 missing']]);
});
