import { gunzip, inflate, unbrotli } from './decompress.js';
import type { Hypothesis } from './hypothesis.js';
import {
  escapeSlashes,
  escapeToAscii,
  indent,
  parseJson,
  sortKeys,
  spread,
  upperHexOf,
  type ParsedJson,
} from './json.js';

export interface BodyMaterial {
  bytes: Uint8Array;
  /** The `content-encoding`, in lower case; empty if there is none. */
  encoding: string;
  /** The body as JSON, parsed at the first call; undefined if it isn't JSON. */
  json: () => ParsedJson | undefined;
}

export function bodyMaterial(bytes: Uint8Array, encoding: string): BodyMaterial {
  let parsed: { json: ParsedJson | undefined } | undefined;
  return { bytes, encoding, json: () => (parsed ??= { json: parseJson(bytes) }).json };
}

const rawBytes = 'sign and verify the raw bytes of the request, before anything parses and re-serialises them';
const lineEnds = 'keep line ends as they are: no text mode, no conversion by git or an editor';
const noMark = 'read and write the body as bytes, or in an encoding that adds and drops no byte order mark';
const asSent = "sign the bytes that are sent and verify them before anything decompresses them, or don't compress";

/** If several make the same bytes, the first is reported: so the plainest come first, and then the likeliest. */
export const bodyHypotheses: readonly Hypothesis<BodyMaterial>[] = [
  {
    id: 'without-final-newline',
    attempt: ({ bytes }) => withoutFinalNewline(bytes),
    words: 'the signature matches the body without its final newline',
    remedy: 'sign and send the same bytes, before anything appends a newline',
  },
  {
    id: 'with-final-lf',
    attempt: ({ bytes }) => Buffer.concat([bytes, Buffer.from('\n')]),
    words: 'the signature matches the body with a newline (LF) at its end',
    remedy: 'sign and send the same bytes: mind echo, editors and files, which end with a newline',
  },
  {
    id: 'with-final-crlf',
    attempt: ({ bytes }) => Buffer.concat([bytes, Buffer.from('\r\n')]),
    words: 'the signature matches the body with a newline (CRLF) at its end',
    remedy: 'sign and send the same bytes: mind editors and files, which end with a newline',
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
    attempt: ({ bytes }) => (Buffer.from(bytes.subarray(0, 3)).equals(byteOrderMark) ? bytes.subarray(3) : undefined),
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
    id: 'json-compact',
    attempt: reserialised(({ compact }) => compact),
    words: 'the signature matches the body re-serialised as compact JSON',
    remedy: rawBytes,
  },
  {
    id: 'json-2-spaces',
    attempt: reserialised(json => indent(json, '  ')),
    words: 'the signature matches the body re-serialised as JSON indented by 2 spaces',
    remedy: rawBytes,
  },
  {
    id: 'json-spread',
    attempt: reserialised(json => spread(json)),
    words: 'the signature matches the body re-serialised as JSON with a space after each comma and colon',
    remedy: rawBytes,
  },
  {
    id: 'json-spread-ascii',
    attempt: reserialised(json => escapeToAscii(spread(json) ?? '')),
    words: "the signature matches the body re-serialised the way Python's json.dumps does",
    remedy: rawBytes,
  },
  {
    id: 'json-escaped-slashes',
    attempt: reserialised(({ compact }) => escapeSlashes(compact)),
    words: 'the signature matches the body re-serialised as compact JSON with escaped slashes',
    remedy: rawBytes,
  },
  {
    id: 'json-ascii',
    attempt: reserialised(({ compact }) => escapeToAscii(compact)),
    words: 'the signature matches the body re-serialised as compact JSON in ASCII (\\u00e9)',
    remedy: rawBytes,
  },
  {
    id: 'json-ascii-upper-case',
    attempt: reserialised(({ compact }) => escapeToAscii(compact, upperHexOf)),
    words: 'the signature matches the body re-serialised as compact JSON in ASCII (\\u00E9)',
    remedy: rawBytes,
  },
  {
    id: 'json-ascii-escaped-slashes',
    attempt: reserialised(({ compact }) => escapeSlashes(escapeToAscii(compact))),
    words: "the signature matches the body re-serialised the way PHP's json_encode does",
    remedy: rawBytes,
  },
  {
    id: 'json-sorted-keys',
    attempt: reserialised(json => sortKeys(json)),
    words: 'the signature matches the body re-serialised as compact JSON with sorted keys',
    remedy: rawBytes,
  },
  {
    id: 'json-4-spaces',
    attempt: reserialised(json => indent(json, '    ')),
    words: 'the signature matches the body re-serialised as JSON indented by 4 spaces',
    remedy: rawBytes,
  },
  {
    id: 'json-tabs',
    attempt: reserialised(json => indent(json, '\t')),
    words: 'the signature matches the body re-serialised as JSON indented by tabs',
    remedy: rawBytes,
  },
];

const byteOrderMark = Buffer.from('efbbbf', 'hex');

function reserialised(write: (json: ParsedJson) => string | undefined): Hypothesis<BodyMaterial>['attempt'] {
  return ({ json }) => {
    const parsed = json();
    const text = parsed && write(parsed);
    return text === undefined ? undefined : Buffer.from(text);
  };
}

function withoutFinalNewline(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.at(-1) !== 0x0a) return undefined;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}

/** latin1 keeps every byte as it is. */
const replaced = (bytes: Uint8Array, pattern: RegExp, text: string): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(pattern, text), 'latin1');
