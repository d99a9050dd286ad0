import { parse } from '@humanwhocodes/momoa';
import type { Span } from './text.js';

/** Locates and words the first flaw of a text that isn't JSON. The words contain nothing of the text. */
export function flawIn(text: string): { words?: string; span: Span } {
  const { offset, words } = flawByEngine(text) ?? { offset: offsetOfError(text) };
  return { span: { start: offset, end: offset }, ...(words !== undefined && { words }) };
}

/** V8 reports the position of most flaws. Messages with quotation marks would quote the text. */
function flawByEngine(text: string): { offset: number; words: string } | undefined {
  const message = messageOf(() => JSON.parse(text));
  if (message === 'Unexpected end of JSON input') return { offset: text.length, words: 'it ends too early' };
  const [, words, offset] =
    /^([^"]+?) (?:in|after) JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message) ?? [];
  return words === undefined ? undefined : { offset: Number(offset), words: words.toLowerCase() };
}

const messageOf = (run: () => unknown): string => {
  try {
    run();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

function offsetOfError(text: string): number {
  try {
    parse(text, { mode: 'json' });
  } catch (error) {
    if (error instanceof Error && 'offset' in error && typeof error.offset === 'number') return error.offset;
  }
  return 0;
}
