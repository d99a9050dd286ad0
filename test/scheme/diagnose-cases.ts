import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** How somebody got a body wrong: what arrived, and what was signed. */
export interface BodyCase {
  id: string;
  arrived: Uint8Array | string;
  signed: string;
  encoding?: string;
}

const compact = '{"b":{"url":"https://é.example/1","9":1,"10":[true,null]},"a":"😀, \\"x\\": {"}';
// Keys that are numbers come first in every object that JavaScript makes.
const rewritten = '{"b":{"9":1,"10":[true,null],"url":"https://é.example/1"},"a":"😀, \\"x\\": {"}';
const airy = compact.replace('{', '{ ');
const pretty = (gap: string) => {
  const lines = [
    '{',
    '_"b": {',
    '__"9": 1,',
    '__"10": [',
    '___true,',
    '___null',
    '__],',
    '__"url": "https://é.example/1"',
    '_},',
    '_"a": "😀, \\"x\\": {"',
    '}',
  ];
  return lines.map(line => line.replaceAll('_', gap)).join('\n');
};

export const bodyCases: readonly BodyCase[] = [
  { id: 'without-final-newline', arrived: '{"a":1}\n', signed: '{"a":1}' },
  { id: 'without-final-newline', arrived: '{"a":1}\r\n', signed: '{"a":1}' },
  { id: 'with-final-lf', arrived: '{"a":1}', signed: '{"a":1}\n' },
  { id: 'with-final-crlf', arrived: '{"a":1}', signed: '{"a":1}\r\n' },
  { id: 'lf-for-crlf', arrived: '{\r\n"a":1\r\n}', signed: '{\n"a":1\n}' },
  { id: 'crlf-for-lf', arrived: '{\n"a":1\n}', signed: '{\r\n"a":1\r\n}' },
  { id: 'without-byte-order-mark', arrived: '\ufeff{"a": 1}', signed: '{"a": 1}' },
  { id: 'with-byte-order-mark', arrived: '{"a":1}', signed: '\ufeff{"a":1}' },
  { id: 'json-compact', arrived: airy, signed: rewritten },
  { id: 'json-compact', arrived: '\ufeff{"a": "x\\/y\\u00e9"}', signed: '{"a":"x/yé"}' },
  { id: 'json-compact', arrived: '{ "__proto__": {"a": 1}, "constructor": 2 }', signed: '{"__proto__":{"a":1},"constructor":2}' }, // prettier-ignore
  { id: 'json-2-spaces', arrived: compact, signed: pretty('  ') },
  { id: 'json-4-spaces', arrived: compact, signed: pretty('    ') },
  { id: 'json-tabs', arrived: compact, signed: pretty('\t') },
  { id: 'json-sorted-keys', arrived: airy, signed: '{"a":"😀, \\"x\\": {","b":{"10":[true,null],"9":1,"url":"https://é.example/1"}}' }, // prettier-ignore
  { id: 'json-sorted-keys', arrived: '{"b":1,"__proto__":[{"d":1,"c":2}]}', signed: '{"__proto__":[{"c":2,"d":1}],"b":1}' }, // prettier-ignore
  { id: 'json-escaped-slashes', arrived: airy, signed: rewritten.replaceAll('/', '\\/') },
  { id: 'json-ascii', arrived: '{"a": "é😀/"}', signed: '{"a":"\\u00e9\\ud83d\\ude00/"}' },
  { id: 'json-ascii-upper-case', arrived: '{"a":"é😀/"}', signed: '{"a":"\\u00E9\\uD83D\\uDE00/"}' },
  { id: 'json-ascii-escaped-slashes', arrived: '{"a":"é😀/"}', signed: '{"a":"\\u00e9\\ud83d\\ude00\\/"}' },
  { id: 'json-spread', arrived: '{"a":[1,{}],"b":"é, :"}', signed: '{"a": [1, {}], "b": "é, :"}' },
  { id: 'json-spread-ascii', arrived: '{"a":[1,[]],"b":"é"}', signed: '{"a": [1, []], "b": "\\u00e9"}' },
  { id: 'gzip-decompressed', arrived: gzipSync(compact), signed: compact },
  { id: 'deflate-decompressed', arrived: deflateSync(compact), signed: compact },
  { id: 'deflate-decompressed', arrived: deflateRawSync(compact), signed: compact, encoding: 'Deflate' },
  { id: 'brotli-decompressed', arrived: brotliCompressSync(compact), signed: compact, encoding: 'br' },
];

/** How somebody got a secret wrong: what is configured here, and what the signature was made with. */
export interface SecretCase {
  id: string;
  configured: string;
  used: string | Uint8Array;
}

const bytes = Buffer.from('fbff00017f80c3e2', 'hex');

export const secretCases: readonly SecretCase[] = [
  { id: 'secret-with-final-lf', configured: 'a secret', used: 'a secret\n' },
  { id: 'secret-with-final-crlf', configured: 'a secret', used: 'a secret\r\n' },
  { id: 'secret-trimmed', configured: ' \tgéheim à \r', used: 'géheim à' },
  { id: 'secret-base64-decoded', configured: bytes.toString('base64'), used: bytes },
  { id: 'secret-base64-decoded', configured: bytes.toString('base64').replace('=', ''), used: bytes },
  { id: 'secret-base64url-decoded', configured: bytes.toString('base64url'), used: bytes },
  { id: 'secret-hex-decoded', configured: bytes.toString('hex'), used: bytes },
  { id: 'secret-hex-decoded', configured: bytes.toString('hex').toUpperCase(), used: bytes },
  { id: 'secret-without-whsec', configured: 'whsec_a secret', used: 'a secret' },
  { id: 'secret-without-whsec-base64-decoded', configured: `whsec_${bytes.toString('base64')}`, used: bytes },
];
