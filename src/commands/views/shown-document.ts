import type { Style } from '../../contract/command.js';

/** A document, byte for byte in a pipe; on a terminal, its lines without control characters. */
export function shownDocument(
  document: Uint8Array,
  { columns, visible }: Pick<Style, 'columns' | 'visible'>,
): Uint8Array {
  if (!Number.isFinite(columns)) return document;
  const lines = Buffer.from(document).toString().split(/\r?\n/);
  if (lines.at(-1) !== '') lines.push('');
  return Buffer.from(lines.map(visible).join('\n'));
}
