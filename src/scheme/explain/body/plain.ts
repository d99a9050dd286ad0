import type { Hypothesis } from '../hypothesis.js';
import { gunzip, inflate, unbrotli } from './decompress.js';
import type { BodyMaterial } from './material.js';

const lineEnds = 'keep line endings unchanged: no text mode, no conversion by git or an editor';
const noMark = 'read and write the body as bytes, or in an encoding that adds and drops no byte order mark';
const asSent = "sign the bytes that are sent and verify them before anything decompresses them, or don't compress";
const untrimmed = 'sign and verify the body without trimming it';
const noNewline = 'sign and send the same bytes: echo, editors and files add a newline at the end';

/** Changes to the start, end and line endings of a body, or to all of it. The simplest first. */
export const plainHypotheses: readonly Hypothesis<BodyMaterial>[] = [
  {
    id: 'without-final-newline',
    attempt: ({ bytes }) => withoutFinalNewline(bytes),
    words: 'the signature matches the body without its final newline',
    remedy:
      'sign and send the same bytes, before a newline is appended; in a file, remove the newline that an editor added',
  },
  {
    id: 'with-final-lf',
    attempt: ({ bytes }) => Buffer.concat([bytes, Buffer.from('\n')]),
    words: 'the signature matches the body with a newline (LF) at its end',
    remedy: noNewline,
  },
  {
    id: 'with-final-crlf',
    attempt: ({ bytes }) => Buffer.concat([bytes, Buffer.from('\r\n')]),
    words: 'the signature matches the body with a newline (CRLF) at its end',
    remedy: 'sign and send the same bytes: editors and files add a newline at the end',
  },
  {
    id: 'lf-for-crlf',
    attempt: ({ bytes }) => replaced(bytes, /\r\n/g, '\n'),
    words: 'the signature matches the body with LF in place of every CRLF',
    remedy: lineEnds,
  },
  {
    id: 'crlf-for-lf',
    attempt: ({ bytes }) => replaced(bytes, /\r?\n/g, '\r\n'),
    words: 'the signature matches the body with CRLF in place of every LF',
    remedy: lineEnds,
  },
  {
    id: 'without-byte-order-mark',
    attempt: ({ bytes }) => (hasMark(bytes) ? bytes.subarray(3) : undefined),
    words: 'the signature matches the body without its byte order mark',
    remedy: noMark,
  },
  {
    id: 'with-byte-order-mark',
    attempt: ({ bytes }) => Buffer.concat([byteOrderMark, bytes]),
    words: 'the signature matches the body with a byte order mark before it',
    remedy: noMark,
  },
  {
    id: 'gzip-decompressed',
    attempt: ({ bytes }) => gunzip(bytes),
    words: 'the signature matches the body after decompressing it (gzip)',
    remedy: asSent,
  },
  {
    id: 'deflate-decompressed',
    attempt: ({ bytes, encoding }) => inflate(bytes, encoding),
    words: 'the signature matches the body after decompressing it (deflate)',
    remedy: asSent,
  },
  {
    id: 'brotli-decompressed',
    attempt: ({ bytes, encoding }) => unbrotli(bytes, encoding),
    words: 'the signature matches the body after decompressing it (brotli)',
    remedy: asSent,
  },
  {
    id: 'empty-body',
    attempt: () => new Uint8Array(),
    words: 'the signature matches an empty body',
    remedy:
      'sign the body, not a stream that was already read: in Express, put express.raw() before any other parser; elsewhere, read the body once and keep its bytes',
  },
  {
    id: 'trimmed',
    attempt: ({ bytes }) => trimmed(bytes),
    words: 'the signature matches the body without leading and trailing white space',
    remedy: untrimmed,
  },
  {
    id: 'trimmed-end',
    attempt: ({ bytes }) => trimmed(bytes, { start: false }),
    words: 'the signature matches the body without trailing white space',
    remedy: untrimmed,
  },
  {
    id: 'trimmed-start',
    attempt: ({ bytes }) => trimmed(bytes, { end: false }),
    words: 'the signature matches the body without leading white space',
    remedy: untrimmed,
  },
  {
    id: 'with-blank',
    attempt: ({ bytes }) => [Buffer.concat([bytes, Buffer.from(' ')]), Buffer.concat([Buffer.from(' '), bytes])],
    words: 'the signature matches the body with a space before or after it',
    remedy: untrimmed,
  },
  {
    id: 'with-leading-newline',
    attempt: ({ bytes }) => [Buffer.concat([Buffer.from('\n'), bytes]), Buffer.concat([Buffer.from('\r\n'), bytes])],
    words: 'the signature matches the body with a newline before it',
    remedy: 'sign and send the same bytes: a template or a heredoc may begin with a newline',
  },
  {
    id: 'with-two-final-newlines',
    attempt: ({ bytes }) => [
      Buffer.concat([bytes, Buffer.from('\n\n')]),
      Buffer.concat([bytes, Buffer.from('\r\n\r\n')]),
    ],
    words: 'the signature matches the body with two newlines at its end',
    remedy: noNewline,
  },
  {
    id: 'without-line-ends',
    attempt: ({ bytes }) =>
      [replaced(bytes, /[\r\n]/g, ''), replaced(bytes, /\r?\n/g, ' ')].filter(each => each !== undefined),
    words: 'the signature matches the body with all its lines joined into one',
    remedy:
      'read the file as bytes: Get-Content -Raw in PowerShell, and binary data in curl, since curl -d removes line breaks',
  },
];

const byteOrderMark = Buffer.from('efbbbf', 'hex');

const hasMark = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 3)).equals(byteOrderMark);

function withoutFinalNewline(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.at(-1) !== 0x0a) return undefined;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}

/** By hand: a regular expression for trailing blanks takes quadratic time on long runs of them. */
function trimmed(bytes: Uint8Array, sides: { start?: boolean; end?: boolean } = {}): Uint8Array {
  let [start, end] = [0, bytes.length];
  if (sides.start !== false) while (start < end && isBlank(bytes[start])) start += 1;
  if (sides.end !== false) while (end > start && isBlank(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);

/** latin1 keeps every byte as it is. Undefined if nothing changes. */
function replaced(bytes: Uint8Array, pattern: RegExp, text: string): Uint8Array | undefined {
  const before = Buffer.from(bytes).toString('latin1');
  const after = before.replace(pattern, text);
  return after === before ? undefined : Buffer.from(after, 'latin1');
}
