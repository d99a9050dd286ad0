import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './cli.js';

/** The README and the pages of docs/, as paths from the root. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => `docs/${name}`),
];

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Returns the text below a second-level heading, up to the next one. */
export const sectionOf = (file: string, heading: string): string =>
  textOf(file)
    .split(/^## /m)
    .find(section => section.startsWith(`${heading}\n`)) ?? '';

/** Returns the cells of the tables in a text, without the header rows. */
export const rowsIn = (text: string): string[][] =>
  [...text.matchAll(/^\|.*\|\n\|(?:-+\|)+\n((?:\|.*\n?)*)/gm)]
    .flatMap(([, rows = '']) => rows.trimEnd().split('\n'))
    .map(row =>
      row
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );

/** Returns the code blocks in a language. */
export const blocksIn = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`(?:${language})\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
