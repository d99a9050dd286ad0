/** What a capture may be: a recording of ours, a HAR file, or one raw HTTP request. */
export const captureFormats = ['recording', 'har', 'http'] as const;

export type CaptureFormat = (typeof captureFormats)[number];

/** The format shows within this many bytes. */
const enough = 64 * 1024;

/**
 * Recognises a file by its beginning. The records of a recording begin with their version, the first line of a message
 * names HTTP, and any other JSON object can only be HAR. Returns undefined if more bytes may show more.
 */
export function formatOf(
  head: Buffer,
  { isWhole }: { isWhole: boolean },
): CaptureFormat | 'unknown' | 'nothing' | undefined {
  const text = withoutMark(head).subarray(0, enough).toString('latin1');
  const [first] = /\S.*/.exec(text) ?? [];
  if (first !== undefined && isStartLine(first)) return 'http';
  // Not only in the first line: the first record may be damaged, or cut off after its first characters.
  if (/^\{"v":\d/m.test(text)) return 'recording';
  return isWhole || text.length >= enough ? guess(text, { isWhole }) : undefined;
}

function guess(text: string, { isWhole }: { isWhole: boolean }): CaptureFormat | 'unknown' | 'nothing' {
  const words = text.trim().split(/\s+/);
  // Only line breaks: a recording alone may begin with this many.
  if (words[0] === '') return isWhole ? 'nothing' : 'recording';
  if (words.every(isCutRecord)) return 'recording';
  if (text.trimStart().startsWith('{')) return 'har';
  return /^[A-Z]+ /.test(text.trimStart()) ? 'http' : 'unknown';
}

/** Accepts the first line of a response, too: it may have been saved by mistake, and its reader says so. */
const isStartLine = (line: string): boolean => /^(?:[^\s{]+ \S+ )?HTTP\/\d/.test(line);

const isCutRecord = (word: string): boolean => '{"v":1'.startsWith(word);

const byteOrderMark = '\xef\xbb\xbf';

/** Leaves out the byte order mark that some editors and shells put before everything they save. */
export const withoutMark = (head: Buffer): Buffer =>
  head.subarray(0, byteOrderMark.length).toString('latin1') === byteOrderMark
    ? head.subarray(byteOrderMark.length)
    : head;
