import { expect, test } from 'vitest';
import { structureOf } from '../../src/json/structure.js';
import { locate } from '../../src/event/locate.js';
import { inspect } from '../support/events.js';
import { misprints } from './misprints.js';
import { published, publishedFiles } from './published.js';

const problemsOf = (text: string) => {
  const body = Buffer.from(text);
  const { problems, text: read } = inspect(body);
  return locate(body, { problems, text: read }).map(({ code, path, line, column }) => ({
    ...{ code, path: path.join('.') },
    ...{ line, column },
  }));
};

test('the table has more than eighty rows', () => {
  expect(misprints.length).toBeGreaterThan(120);
  expect(new Set(misprints.map(({ text }) => text)).size).toBe(misprints.length);
});

test.each(misprints)('$name', ({ text, code, path, line, column }) => {
  expect(problemsOf(text)).toContainEqual({ code, path, line, column });
});

test.each(misprints)('$name: looks suspicious from the start', ({ text, code }) => {
  const { problems, json } = inspect(Buffer.from(text));
  const isHidden = ['duplicate-key', 'imprecise-number', 'lone-surrogate', 'nul-character'].includes(code);
  expect(problems.length > 0 || structureOf(text, json).mayHideMore).toBe(true);
  if (isHidden) expect(structureOf(text, json).mayHideMore).toBe(true);
});

test.each(publishedFiles)('%s is valid, and its text isn’t searched', file => {
  const text = published(file).toString();
  expect(problemsOf(text)).toEqual([]);
  expect(structureOf(text, JSON.parse(text)).mayHideMore).toBe(false);
});
