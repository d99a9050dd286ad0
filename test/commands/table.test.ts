import { expect, test } from 'vitest';
import { tableLine, type Table } from '../../src/commands/views/table.js';
import type { Style } from '../../src/text/style.js';

const plain = (text: string): string => text;
const style = (columns: number): Style => ({
  ...{
    good: plain,
    bad: plain,
    warning: plain,
    visible: plain,
    strong: text => `*${text}*`,
    faint: text => `_${text}_`,
  },
  marks: { good: '', bad: '', warning: '', none: '–', out: '', in: '', again: '', cut: '…', bar: '' },
  columns,
});

const table: Table<'one' | 'two' | 'three', readonly string[]> = {
  layouts: [
    { least: 20, columns: [['one', 4], ['two', 6], ['three', 3]] },
    { least: 0, columns: [['two', 6]] },
  ],
  piped: [['one', 4], ['two', 2], ['three', 0]],
  texts: { one: ([one = '']) => one, two: ([, two = '']) => two, three: ([, , three = '']) => three },
  paints: { one: (_, { strong }) => strong, three: (_, { faint }) => faint },
}; // prettier-ignore

const lines: [string, { columns: number; row: readonly string[]; shown: string }][] = [
  ['has its columns in the usual places', { columns: 80, row: ['a', 'b', 'c'], shown: '*a*     b       _c_' }],
  ['cuts long cells', { columns: 80, row: ['abcdef', 'b', 'c'], shown: '*abc…*  b       _c_' }],
  ['ends with its last word, and no blank has a colour', { columns: 80, row: ['a', 'b', ''], shown: '*a*     b' }],
  ['keeps the place of an empty cell', { columns: 80, row: ['', 'b', 'c'], shown: '      b       _c_' }],
  ['shows as many cells as fit', { columns: 10, row: ['a', 'b', 'c'], shown: 'b' }],
  ['cuts nothing in a pipe, and leaves out empty cells', { columns: Infinity, row: ['abcdef', 'bcd', ''], shown: '*abcdef*  bcd' }],
]; // prettier-ignore

test.each(lines)('a line %s', (_, { columns, row, shown }) => {
  expect(tableLine(table, row, style(columns))).toBe(shown);
});
