import type { Style } from './style.js';
import { widthOf } from './width.js';

interface Layout {
  /** The beginning of the first line. */
  prefix: string;
  /** The indentation of all other lines, in columns. */
  indent: number;
}

/** Wraps words at the width of the terminal. */
export function paragraph(text: string, { prefix, indent }: Layout, { columns }: Pick<Style, 'columns'>): string {
  const lines: string[] = [];
  let current = prefix;
  for (const word of text.split(' ')) {
    if (widthOf(current) + widthOf(word) > columns && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = ' '.repeat(indent);
    }
    current += `${word} `;
  }
  return [...lines, current.trimEnd()].join('\n');
}
