import type { Style } from './style.js';
import { widthOf } from './width.js';

interface Layout {
  /** What the first line begins with. */
  prefix: string;
  /** Columns that every further line is moved in. */
  indent: number;
}

/** Words that go on in further lines where a terminal is too narrow for them. */
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
