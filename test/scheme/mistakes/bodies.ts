import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Header } from '../../../src/http/header.js';
import { base64, hex, marked, utf16 } from './encode.js';

/** A mistake with a body: what arrived, and what was signed. */
export interface BodyCase {
  id: string;
  arrived: Uint8Array | string;
  signed: Uint8Array | string;
  encoding?: string;
  headers?: Header[];
}

const compact = '{"b":{"url":"https://é.example/1","9":1,"10":[true,null]},"a":"😀, \\"x\\": {"}';
// In JavaScript objects, keys that are numbers come first.
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
  { id: 'json-escaped-slashes', arrived: airy, signed: compact.replaceAll('/', '\\/') },
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

const event = '{"event":{"id":"1","n":1},"data":{"name":"Zoë","on":true,"at":null,"list":[1,"it\'s"]}}';
const swapped = (text: string) => utf16(text).swap16();
const mojibake = (text: string) => Buffer.from(text).toString('latin1');

/** Mistakes that aren't paired with mistaken secrets, because they change the body as a whole. */
export const rareBodyCases: readonly BodyCase[] = [
  { id: 'empty-body', arrived: event, signed: '' },
  { id: 'trimmed', arrived: ` \n${event}\n `, signed: event },
  { id: 'trimmed-end', arrived: ` ${event}  `, signed: ` ${event}` },
  { id: 'trimmed-start', arrived: `  ${event} `, signed: `${event} ` },
  { id: 'with-blank', arrived: event, signed: `${event} ` },
  { id: 'with-blank', arrived: event, signed: ` ${event}` },
  { id: 'with-leading-newline', arrived: event, signed: `\n${event}` },
  { id: 'with-leading-newline', arrived: event, signed: `\r\n${event}` },
  { id: 'with-two-final-newlines', arrived: event, signed: `${event}\n\n` },
  { id: 'without-line-ends', arrived: 'a\r\nb\nc', signed: 'abc' },
  { id: 'without-line-ends', arrived: 'a\r\nb\nc', signed: 'a b c' },
  { id: 'base64-of-body', arrived: event, signed: base64(event) },
  { id: 'base64-of-body', arrived: event, signed: `${base64(event).replace(/.{76}/g, '$&\n')}\n` },
  { id: 'base64-decoded-body', arrived: base64(event), signed: event },
  { id: 'base64-decoded-body', arrived: `${base64(event)}\n`, signed: event },
  { id: 'double-encoded', arrived: event, signed: JSON.stringify(event) },
  { id: 'double-encoded', arrived: event, signed: JSON.stringify(event).replace('ë', '\\u00eb') },
  { id: 'serialised-again', arrived: '{"a": 1}', signed: '"{\\"a\\":1}"' },
  { id: 'changed-values', arrived: '{"a":"","b":1}', signed: '{"a":null,"b":1}' },
  { id: 'changed-values', arrived: '{"a":null,"b":1}', signed: '{"b":1}' },
  { id: 'without-blanks', arrived: '{"a": "x y"}', signed: '{"a":"xy"}' },
  { id: 'plus-for-blank', arrived: '{"a":"+1"}', signed: '{"a":" 1"}' },
  { id: 'double-decoded', arrived: JSON.stringify(event), signed: event },
  { id: 'buffer-as-json', arrived: event, signed: JSON.stringify(Buffer.from(event)) },
  { id: 'python-bytes', arrived: event, signed: `b'${event.replace('ë', '\\xc3\\xab').replace("'", "\\'")}'` },
  ...['[object Object]', '{}', 'null', 'undefined', 'None'].map(signed => ({ id: 'not-serialised', arrived: event, signed })),
  { id: 'form-encoded', arrived: event, signed: `payload=${encodeURIComponent(event)}` },
  { id: 'form-encoded', arrived: event, signed: new URLSearchParams({ payload: event }).toString() },
  { id: 'form-decoded', arrived: `payload=${encodeURIComponent(event)}`, signed: event },
  { id: 'parsed-as-form', arrived: '{"a":1}', signed: '{"{\\"a\\":1}":""}' },
  { id: 'in-envelope', arrived: event, signed: JSON.stringify({ body: event }) },
  { id: 'in-envelope', arrived: event, signed: JSON.stringify({ body: base64(event), isBase64Encoded: true }) },
  { id: 'out-of-envelope', arrived: JSON.stringify({ body: event }), signed: event },
  { id: 'out-of-envelope', arrived: JSON.stringify({ body: base64(event), isBase64Encoded: true }), signed: event },
  { id: 'hex-of-body', arrived: event, signed: hex(event) },
  { id: 'hex-decoded-body', arrived: hex(event), signed: event },
  { id: 'utf-16', arrived: event, signed: utf16(event) },
  { id: 'utf-16', arrived: event, signed: marked('fffe', utf16(event)) },
  { id: 'utf-16', arrived: event, signed: marked('feff', swapped(event)) },
  { id: 'from-utf-16', arrived: marked('fffe', utf16(event)), signed: event },
  { id: 'from-utf-16', arrived: swapped(event), signed: event },
  { id: 'latin1', arrived: event, signed: Buffer.from(event, 'latin1') },
  { id: 'from-latin1', arrived: Buffer.from(event, 'latin1'), signed: event },
  { id: 'mojibake', arrived: event, signed: mojibake(event) },
  { id: 'from-mojibake', arrived: mojibake(event), signed: event },
  { id: 'question-marks', arrived: event, signed: event.replace('ë', '?') },
  { id: 'question-marks', arrived: '{"a":"😀"}', signed: '{"a":"??"}' },
  { id: 'question-marks', arrived: event, signed: event.replace('ë', '\ufffd') },
  { id: 'cut-at-length', arrived: event, signed: Buffer.from(event).subarray(0, event.length) },
  { id: 'cut-at-length', arrived: event, signed: event.slice(0, 20), headers: [['content-length', '20']] },
  { id: 'cut-at-nul', arrived: '{"a":1}\0\0', signed: '{"a":1}' },
  { id: 'target-in-front', arrived: event, signed: `POST${event}` },
  { id: 'timestamp-in-front', arrived: event, signed: `1769851800.${event}`, headers: [['x-fin-timestamp', '1769851800']] },
  { id: 'timestamp-in-front', arrived: event, signed: `msg_1.1769851800.${event}`, headers: [['webhook-id', 'msg_1'], ['webhook-timestamp', '1769851800']] },
  { id: 'only-data', arrived: event, signed: JSON.stringify((JSON.parse(event) as { data: unknown }).data) },
  { id: 'only-event', arrived: event, signed: '{"id": "1", "n": 1}' },
  { id: 'python-dict', arrived: event, signed: "{'event': {'id': '1', 'n': 1}, 'data': {'name': 'Zoë', 'on': True, 'at': None, 'list': [1, \"it's\"]}}" },
  { id: 'ruby-hash', arrived: event, signed: '{"event"=>{"id"=>"1", "n"=>1}, "data"=>{"name"=>"Zoë", "on"=>true, "at"=>nil, "list"=>[1, "it\'s"]}}' },
  { id: 'java-map', arrived: event, signed: "{event={id=1, n=1}, data={name=Zoë, on=true, at=null, list=[1, it's]}}" },
  { id: 'json-fractions', arrived: '{"a":100,"b":2}', signed: '{"a":100.0,"b":2}' },
  { id: 'json-jackson', arrived: '{"a":[1,{"b":{}}]}', signed: '{\n  "a" : [ 1, {\n    "b" : { }\n  } ]\n}' },
  { id: 'json-escaped-html', arrived: '{"n":"A & B"}', signed: '{"n":"A \\u0026 B"}' },
  { id: 'json-ascii-upper-case-escaped-html', arrived: '{"p":"+1 é"}', signed: '{"p":"\\u002B1 \\u00E9"}' },
  { id: 'json-escaped-delete', arrived: '{"p":"\u007f"}', signed: '{"p":"\\u007f"}' },
  { id: 'json-escaped-lines', arrived: '{"p":"\u2028"}', signed: '{"p":"\\u2028"}' },
  { id: 'json-keys-by-length', arrived: '{"aa":1,"b":2}', signed: '{"b":2,"aa":1}' },
  { id: 'json-spread-keys-by-length', arrived: '{"bb":1,"c":2,"ac":3}', signed: '{"c": 2, "ac": 3, "bb": 1}' },
  { id: 'json-2-spaces-crlf', arrived: '{"a":1}', signed: '{\r\n  "a": 1\r\n}' },
  { id: 'json-empty-arrays', arrived: '{"a":{}}', signed: '{"a":[]}' },
  { id: 'json-compact', arrived: '{"a": 100.0}', signed: '{"a":100}' },
  { id: 'json-compact', arrived: '{ "a": 12345678901234567890 }', signed: '{"a":12345678901234567000}' },
  { id: 'json-compact', arrived: '{"a":1, "a":2}', signed: '{"a":2}' },
  { id: 'json-2-spaces', arrived: '{"a":100.0}', signed: '{\n  "a": 100.0\n}' },
]; // prettier-ignore
