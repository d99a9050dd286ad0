import { diffLines } from 'diff';
import type { CompareLines } from './difference.js';
import { utf8In } from '../text/utf8.js';

/** In milliseconds. Texts with little in common are slow to compare. */
const longest = 2000;

export const compareLines: CompareLines = (one, other) => {
  const [left, right] = [textIn(one), textIn(other)];
  const lines = left !== undefined && right !== undefined ? diffLines(left, right, { timeout: longest }) : undefined;
  return lines?.flatMap(({ added, removed, value }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return value.replace(/\n$/, '').split('\n').map(text => ({ kind, text }) as const); // prettier-ignore
  });
};

/** Undefined if the bytes aren't text. */
const textIn = (body: Uint8Array): string | undefined => (body.includes(0) ? undefined : utf8In(body));
