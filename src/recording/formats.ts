import { beginsRequestFile } from './http/request-file.js';

/** The formats of captures. */
export const captureFormats = [
  'recording',
  'har',
  'http',
  'report',
  'curl',
  'ngrok',
  'smee',
  'webhook-site',
  'lambda',
] as const;

export type CaptureFormat = (typeof captureFormats)[number];

/** This many bytes suffice to recognise the format. */
const enough = 64 * 1024;

/** Recognises a file by its beginning. Returns undefined if more bytes may help. */
export function formatOf(
  head: Buffer,
  { isWhole }: { isWhole: boolean },
): CaptureFormat | 'unknown' | 'nothing' | undefined {
  const text = withoutMark(head).subarray(0, enough).toString('latin1');
  const [first] = /\S.*/.exec(text) ?? [];
  if (first !== undefined && isStartLine(first)) return 'http';
  // Not only in the first line: the first record may be damaged or cut off.
  if (/^\{"v":\d/m.test(text)) return 'recording';
  return isWhole || text.length >= enough ? guess(text, { isWhole }) : undefined;
}

function guess(text: string, { isWhole }: { isWhole: boolean }): CaptureFormat | 'unknown' | 'nothing' {
  const words = text.trim().split(/\s+/);
  // Only line breaks up to here: only a recording can have content after them.
  if (words[0] === '') return isWhole ? 'nothing' : 'recording';
  if (words.every(isCutRecord)) return 'recording';
  return textFormatOf(text) ?? 'unknown';
}

function textFormatOf(text: string): CaptureFormat | undefined {
  if (curlLine.test(text)) return 'curl';
  const content = text.trimStart();
  if (/^[{[]/.test(content)) return jsonFormatOf(content);
  const [line = ''] = /^[^\r\n]*/.exec(content) ?? [];
  return /^[A-Z]+ /.test(line) || beginsRequestFile(line) ? 'http' : undefined;
}

/** Accepts the first line of a response, too: it may be saved by mistake, and its reader reports that. */
const isStartLine = (line: string): boolean => /^(?:[^\s{]+ \S+ )?HTTP\/\d/.test(line);

const isCutRecord = (word: string): boolean => '{"v":1'.startsWith(word);

/** A line of `--verbose` or `--trace` about a request. */
const curlLine = /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[\d+-\d+\] )?(?:> [A-Z]+ \S+ HTTP\/\d|=> Send header, \d+ bytes)/m;

/**
 * The keys unique to each program, in search order. Within a string, they would have a
 * backslash before their quotation marks.
 */
const keys: readonly (readonly [CaptureFormat, ...RegExp[]])[] = [
  ['har', /^\{\s*"log"\s*:/],
  ['report', /^\{"type":"(?:ready|request|forward|nonsense|omitted|summary|prepared)"|^\{"method":"[^"]*","url":"/],
  ['ngrok', /"uri"\s*:\s*"\/api\/requests\/http/],
  ['webhook-site', /"token_id"\s*:/, /"content"\s*:/],
  ['lambda', /"httpMethod"\s*:/, /"path"\s*:/],
  ['lambda', /"rawPath"\s*:/],
  ['smee', /"(?:host|content-type|user-agent)"\s*:\s*"/, /"body"\s*:/],
];

const jsonFormatOf = (text: string): CaptureFormat | undefined =>
  keys.find(([, ...patterns]) => patterns.every(pattern => pattern.test(text)))?.[0];

const byteOrderMark = '\xef\xbb\xbf';

/** Removes the byte order mark that some editors and shells add. */
export const withoutMark = (head: Buffer): Buffer =>
  head.subarray(0, byteOrderMark.length).toString('latin1') === byteOrderMark
    ? head.subarray(byteOrderMark.length)
    : head;
