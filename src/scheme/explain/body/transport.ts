import { valuesOf } from '../../../http/header.js';
import type { Hypothesis } from '../hypothesis.js';
import { rawBytes, rawBytesIn } from '../remedies.js';
import {
  cuts,
  decoded,
  decodedAs,
  fromUtf16,
  hexDecoded,
  inLatin1,
  inUtf16,
  isAscii,
  pythonBytes,
  replacedLetters,
  spelt,
  withoutMojibake,
} from './encodings.js';
import type { BodyMaterial } from './material.js';
import {
  contentOf,
  enveloped,
  formValues,
  formsOf,
  opened,
  parsedAsForm,
  stringsOf,
  withTarget,
  withTimestamp,
  changedValues,
  serialisedAgain,
} from './wrappings.js';

const bytesOnce = 'sign and verify the bytes on the wire, without encoding or decoding them';
const inLambda = 'decode the body if the event says isBase64Encoded, and verify the decoded bytes';
const inUtf8 = 'read and write the body as bytes, or as UTF-8 on both sides';
const oneStringify = 'serialise the payload once, and sign and send that text';
const whole =
  'count the Content-Length in bytes (Buffer.byteLength, strlen, len of the encoded bytes), not in characters';

/** In bytes: for longer bodies, more likely mistakes get the budget. */
const longest = 256 * 1024;

/** Changes to a body in transit, and content signed instead of it. The most likely first. */
export const transportHypotheses: readonly Hypothesis<BodyMaterial>[] = [
  {
    id: 'base64-of-body',
    attempt: ({ bytes }) => spelt(bytes, 'base64'),
    words: 'the signature matches the body in base64',
    remedy: inLambda,
  },
  {
    id: 'base64-decoded-body',
    attempt: ({ bytes }) => decoded(bytes),
    words: 'the signature matches the body decoded from base64',
    remedy: inLambda,
  },
  {
    id: 'double-encoded',
    longest,
    attempt: ({ text }) => stringsOf(text()),
    words: 'the signature matches the body as a JSON string: it was serialised twice',
    remedy: oneStringify,
  },
  {
    id: 'serialised-again',
    longest,
    attempt: ({ text }) => serialisedAgain(text()),
    words: 'the signature matches the body parsed, and then serialised twice',
    remedy: oneStringify,
  },
  {
    id: 'changed-values',
    longest,
    attempt: ({ text }) => changedValues(text()),
    words: 'the signature matches the body with null in place of empty texts, or without its nulls',
    remedy: rawBytesIn.php,
  },
  {
    id: 'without-blanks',
    longest,
    attempt: ({ text }) => text()?.replace(/\s/g, ''),
    words: 'the signature matches the body without any spaces, even inside its strings',
    remedy: 'sign and verify the body without removing anything',
  },
  {
    id: 'plus-for-blank',
    longest,
    attempt: ({ text }) => [text()?.replaceAll('+', ' ')].filter(each => each !== undefined),
    words: 'the signature matches the body with a space in place of each +: it was decoded like a form',
    remedy: 'read the raw body, before anything decodes it as a form or a URL',
  },
  {
    id: 'double-decoded',
    attempt: ({ text }) => contentOf(text()),
    words: 'the body is a JSON string, and the signature matches the text in it: it was serialised twice',
    remedy: oneStringify,
  },
  {
    id: 'buffer-as-json',
    longest,
    attempt: ({ bytes }) => JSON.stringify(Buffer.from(bytes)),
    words: 'the signature matches the body as JSON.stringify writes a Buffer',
    remedy: 'sign the Buffer itself: hmac.update(req.body) with express.raw(), and no JSON.stringify',
  },
  {
    id: 'python-bytes',
    longest,
    attempt: ({ bytes }) => pythonBytes(bytes),
    words: "the signature matches the body as str() of Python's bytes: b'…'",
    remedy: 'pass the bytes to hmac.new unchanged; to turn them into text, use .decode(), not str()',
  },
  {
    id: 'not-serialised',
    attempt: () => ['[object Object]', '{}', 'null', 'undefined', 'None', 'Array', '[]', 'false', '""'],
    words: 'the signature matches [object Object], {}, undefined or the like, not a body',
    remedy: `${rawBytes}; here the body was already parsed, or never read`,
  },
  {
    id: 'form-encoded',
    longest,
    attempt: ({ text }) => formsOf(text()),
    words: 'the signature matches the body form-encoded, as payload=%7B…',
    remedy: 'sign and send the same bytes: send the body as application/json, or sign the whole form',
  },
  {
    id: 'form-decoded',
    longest,
    attempt: ({ text }) => formValues(text()),
    words: 'the body is a form, and the signature matches a value in it',
    remedy: 'sign and verify the whole form body, before anything decodes it',
  },
  {
    id: 'parsed-as-form',
    longest,
    attempt: ({ text }) => parsedAsForm(text()),
    words: 'the signature matches the body parsed as a form and serialised as JSON',
    remedy: `${rawBytesIn.node}; send it with content-type: application/json`,
  },
  {
    id: 'in-envelope',
    longest,
    attempt: ({ text, bytes }) => enveloped(text(), bytes),
    words: 'the signature matches the body inside an envelope, such as {"body":"…"}',
    remedy: 'sign and verify only the body, before a queue or a gateway wraps it',
  },
  {
    id: 'out-of-envelope',
    longest,
    attempt: ({ text }) => opened(text()),
    words: 'the body is an envelope, and the signature matches the text in it',
    remedy: 'unwrap the body of the queue or the gateway before you verify it',
  },
  {
    id: 'hex-of-body',
    attempt: ({ bytes }) => spelt(bytes, 'hex'),
    words: 'the signature matches the body in hexadecimal',
    remedy: bytesOnce,
  },
  {
    id: 'hex-decoded-body',
    attempt: ({ bytes }) => hexDecoded(bytes),
    words: 'the signature matches the body decoded from hexadecimal',
    remedy: bytesOnce,
  },
  {
    id: 'utf-16',
    attempt: ({ text }) => inUtf16(text()),
    words: 'the signature matches the body in UTF-16',
    remedy: 'encode the body as UTF-8 before you sign it: Encoding.UTF8.GetBytes, getBytes(StandardCharsets.UTF_8)',
  },
  {
    id: 'from-utf-16',
    longest,
    attempt: ({ bytes }) => fromUtf16(bytes),
    words: 'the signature matches the body in UTF-8, but it was sent in UTF-16',
    remedy: inUtf8,
  },
  {
    id: 'from-mojibake',
    attempt: ({ text }) => withoutMojibake(text()),
    words: 'the signature matches the body before it was read as latin1 and encoded again: é became Ã©',
    remedy: inUtf8,
  },
  {
    id: 'latin1',
    attempt: ({ text }) => inLatin1(text()),
    words: 'the signature matches the body in ISO 8859-1 (latin1)',
    remedy: inUtf8,
  },
  {
    id: 'from-latin1',
    attempt: ({ bytes, text }) => (text() === undefined ? decodedAs(bytes, ['latin1', 'windows-1252']) : undefined),
    words: 'the signature matches the body in UTF-8, but it was sent in ISO 8859-1 (latin1)',
    remedy: inUtf8,
  },
  {
    id: 'mojibake',
    longest,
    attempt: ({ bytes }) => (isAscii(bytes) ? undefined : decodedAs(bytes, ['latin1', 'windows-1252'])),
    words: 'the signature matches the body read as latin1 and encoded again: é became Ã©',
    remedy: inUtf8,
  },
  {
    id: 'question-marks',
    longest,
    attempt: ({ text }) => replacedLetters(text()),
    words: 'the signature matches the body with all non-ASCII letters lost',
    remedy: 'encode the body as UTF-8, not as ASCII, before you sign it',
  },
  {
    id: 'cut-at-length',
    attempt: ({ bytes, headers, text }) => cuts(bytes, Number(valuesOf('content-length', headers)[0]), text()),
    words: 'the signature matches the beginning of the body, cut at a length counted in characters',
    remedy: whole,
  },
  {
    id: 'cut-at-nul',
    attempt: ({ bytes }) => (bytes.includes(0) ? bytes.subarray(0, bytes.indexOf(0)) : undefined),
    words: 'the signature matches the body up to its first NUL',
    remedy: 'use functions that take a length, not strings that end with NUL',
  },
  {
    id: 'target-in-front',
    longest,
    attempt: material => (material.signed === '{body}' ? withTarget(material) : undefined),
    words: 'the signature matches the body with the URL or the request target in front',
    remedy: 'sign only the body: this scheme signs neither method nor URL',
  },
  {
    id: 'timestamp-in-front',
    longest,
    attempt: material => (material.signed === '{body}' ? withTimestamp(material) : undefined),
    words: 'the signature matches the body with a timestamp in front',
    remedy: 'sign only the body: this scheme signs no timestamp',
  },
];
