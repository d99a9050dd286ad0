import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, test } from 'vitest';
import { pageOfFindings, renderPage } from '../../src/report/html/index.js';
import type { ReportPage } from '../../src/report/html/page.js';

type Element = DefaultTreeAdapterTypes.Element;

const elementsIn = (node: DefaultTreeAdapterTypes.ParentNode): Element[] =>
  node.childNodes.filter(child => tree.isElementNode(child)).flatMap(element => [element, ...elementsIn(element)]);

const textOf = (node: DefaultTreeAdapterTypes.ParentNode): string =>
  node.childNodes
    .map(child => (tree.isTextNode(child) ? child.value : tree.isElementNode(child) ? textOf(child) : ''))
    .join('');

const page = (part: Partial<ReportPage>): ReportPage => ({
  title: 'webhook-cli check',
  isGood: false,
  verdict: '1 failed',
  facts: [],
  causes: [],
  failures: [],
  groups: [],
  ...part,
});

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom('<script>', '</style>', '</pre>', '<!--', ']]>', '&lt;', '"', "'", '<img src=x onerror=x>'),
      fc.constantFrom('\0', '\u001b[31m', '\u202e', '\ud800', '\u2028', 'javascript:x', '{', '<a href="//e.test">'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 6 },
  )
  .map(parts => parts.join(''));

/** A page with a text in all places. */
const filledWith = (text: string) =>
  page({
    title: text,
    verdict: text,
    facts: [[text, text]],
    causes: [{ words: text, fix: text, explains: [text] }],
    failures: [{ name: text, isWarning: false, facts: [[text, text]], blocks: [[text, text]] }],
    groups: [{ name: text, items: [{ name: text, outcome: 'failed', message: text }] }],
  });

test('foreign text creates no elements, and no attributes except ids where they belong', () => {
  const shapeOf = (html: string) =>
    elementsIn(parse(html)).map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '));
  const plain = shapeOf(renderPage(filledWith('plain')));
  fc.assert(
    fc.property(nasty, text => {
      expect(shapeOf(renderPage(filledWith(text)))).toEqual(plain);
    }),
  );
});

test('writes out what a reader wouldn’t see', () => {
  const html = renderPage(filledWith('a\u202eb\u001b[31mc'));
  expect(html).not.toMatch(/[\u202e\u001b]/);
  expect(html).toContain(String.raw`a\u202eb\u001b[31mc`);
});

describe('a page', () => {
  const html = renderPage(filledWith('x'));
  const elements = elementsIn(parse(html));

  test('runs no script, and requests nothing', () => {
    expect(elements.filter(({ tagName }) => ['script', 'link', 'img', 'iframe', 'form'].includes(tagName))).toEqual([]);
    const addresses = elements.flatMap(({ attrs }) => attrs.filter(({ name }) => ['src', 'href'].includes(name)));
    expect(addresses.filter(({ value }) => !value.startsWith('#'))).toEqual([]);
  });

  test('allows only its own style', () => {
    const style = elements.find(({ tagName }) => tagName === 'style');
    const hash = createHash('sha256')
      .update(style ? textOf(style) : '')
      .digest('base64');
    const policy = elements.find(({ attrs }) => attrs.some(({ value }) => value === 'Content-Security-Policy'));
    expect(policy?.attrs.find(({ name }) => name === 'content')?.value).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  test('links a cause to the failures that it explains', () => {
    const names = ['unsigned', 'wrong secret'];
    const failures = names.map(name => ({ name, isWarning: false, facts: [], blocks: [] }));
    const all = elementsIn(parse(renderPage(page({ causes: [{ words: 'w', fix: 'f', explains: names }], failures }))));
    const valuesOf = (wanted: string) =>
      all.flatMap(({ attrs }) => attrs.filter(({ name }) => name === wanted).map(({ value }) => value));
    expect(valuesOf('href')).toEqual(valuesOf('id').map(id => `#${id}`));
  });
});

test('has failures and groups, and the totals of all findings', () => {
  const findings = [
    { suite: 'a.json', name: '1:2 bad-value', outcome: 'failed', message: 'm', file: 'a.json', line: 1, column: 2 },
    { suite: 'a.json', name: '1 of 2 valid', outcome: 'passed' },
  ] as const;
  const made = pageOfFindings(findings, 'webhook-cli validate', { passed: 7, failed: 1, warning: 0, skipped: 0 });
  expect(made).toMatchObject({ isGood: false, verdict: expect.stringContaining('7 passed, 1 failed') as string });
  expect(made.failures).toEqual([
    {
      name: 'a.json: 1:2 bad-value',
      isWarning: false,
      facts: [['got', 'm']],
      blocks: [],
    },
  ]);
  expect(made.groups).toMatchObject([{ name: 'a.json', items: [{ outcome: 'failed' }, { outcome: 'passed' }] }]);
});

describe('a load', () => {
  const latencies = [
    { from: 0, to: 1.25, count: 1200 },
    { from: 1.25, to: 2.5, count: 0 },
  ];

  test('is drawn, and described in words', () => {
    const html = renderPage(page({ load: { perSecond: [600, 601], latencies } }));
    expect(html).toContain('1200 took 0 to 1.25 ms, 0 took 1.25 to 2.5 ms');
    expect(html).toContain('2 seconds, with 600 to 601 requests in each');
    expect(elementsIn(parse(html)).filter(({ tagName }) => tagName === 'rect')).toHaveLength(4);
  });

  test('of less than a second has no chart of seconds', () => {
    const html = renderPage(page({ load: { perSecond: [3], latencies } }));
    expect(elementsIn(parse(html)).filter(({ tagName }) => tagName === 'svg')).toHaveLength(1);
  });
});
