import type { CaptureFormat } from './formats.js';

/** Bytes in which the format has to show. */
const enough = 64 * 1024;

const mark = '\xef\xbb\xbf';

/**
 * What a file with this beginning is: a recording's records begin with their version; a message's first line names HTTP;
 * any other object of JSON can only be HAR. Undefined where more of it may tell more.
 */
export function formatOf(
  head: Buffer,
  { isWhole }: { isWhole: boolean },
): CaptureFormat | 'unknown' | 'nothing' | undefined {
  const text = withoutMark(head).subarray(0, enough).toString('latin1');
  const [first] = /\S.*/.exec(text) ?? [];
  if (first !== undefined && isStartLine(first)) return 'http';
  // The first record may be damaged, or cut off after its first characters.
  if (/^\{"v":\d/m.test(text)) return 'recording';
  return isWhole || text.length >= enough ? guess(text, { isWhole }) : undefined;
}

function guess(text: string, { isWhole }: { isWhole: boolean }): CaptureFormat | 'unknown' | 'nothing' {
  const lines = text.trim().split(/\s+/);
  // Line breaks alone; only a recording may have something after so many.
  if (lines[0] === '') return isWhole ? 'nothing' : 'recording';
  if (lines.every(isCutRecord)) return 'recording';
  if (text.trimStart().startsWith('{')) return 'har';
  return /^[A-Z]+ /.test(text.trimStart()) ? 'http' : 'unknown';
}

/** Of a request, or of a response, which is saved by mistake. */
const isStartLine = (line: string): boolean => /^(?:[^\s{]+ \S+ )?HTTP\/\d/.test(line);

const isCutRecord = (line: string): boolean => '{"v":1'.startsWith(line);

/** Editors and shells put a byte order mark before all that they save. */
export const withoutMark = (head: Buffer): Buffer =>
  head.subarray(0, mark.length).toString('latin1') === mark ? head.subarray(mark.length) : head;
