import type { Header } from '../../../http/header.js';
import type { TimestampUnit } from '../../definition.js';
import type { Message, SignedValues } from '../../message.js';
import type { Scheme } from '../../scheme.js';
import { compileTemplate } from '../../template.js';
import { readTimestamp } from '../../timestamp.js';
import type { Mistake } from '../hypothesis.js';
import { utf8In } from '../../../text/utf8.js';
import { parseJson } from '../json/tokens.js';

/** A value that may have replaced that of a signed part. */
export interface OtherValue {
  /** The name of the part, as in a template. */
  part: string;
  text: string;
  mistake: Mistake;
}

interface Place {
  scheme: Scheme;
  message: Message;
  values: SignedValues;
}

/** The texts that programs write for a missing value. */
const noValues = ['undefined', 'null', 'None', ''];

export function* otherTimestamps({ scheme, message, values: { timestamp } }: Place): Generator<OtherValue> {
  const { place, before } = placeOfTimestamp(scheme);
  const remedy = `sign the text of the timestamp in ${place}, without parsing or converting it`;
  const other = (text: string, id: string, words: string): OtherValue => ({
    part: 'timestamp',
    text,
    mistake: { id, words: `it was made with ${words}`, remedy },
  });
  for (const { unit, text } of rewritten(timestamp))
    yield other(text, `timestamp-in-${unit.id}`, `the timestamp ${unit.words}`);
  yield other(before + timestamp, 'timestamp-with-key', 'the timestamp and the key or the name before it');
  for (const text of timesIn(message.headers)) yield other(text, 'timestamp-elsewhere', 'another timestamp of the request'); // prettier-ignore
  for (const text of noValues)
    yield other(text, 'timestamp-without-value', 'nothing, undefined or the like instead of the timestamp');
}

/** Returns where the timestamp is, and the text before it. */
function placeOfTimestamp({ definition: { timestamp, signature }, signatureHeader }: Scheme) {
  if (timestamp?.key === undefined) {
    const header = (timestamp?.header ?? '').toLowerCase();
    return { place: header, before: `${header}:` };
  }
  return {
    place: `the entry ${timestamp.key} of ${signatureHeader}`,
    before: `${timestamp.key}${signature.pair ?? ''}`,
  };
}

export function* otherIds({ scheme, message }: Place): Generator<OtherValue> {
  const { id: own } = scheme.definition;
  const header = typeof own === 'object' ? own.header.toLowerCase() : '';
  const remedy = `sign the id in ${header}`;
  const other = (text: string, id: string, words: string): OtherValue => ({
    part: 'id',
    text,
    mistake: { id, words: `it was made with ${words}`, remedy },
  });
  for (const text of idsIn(message.headers, header)) yield other(text, 'id-of-header', 'an id from another header');
  for (const text of idsInBody(message.body)) yield other(text, 'id-of-body', 'an id from the body');
  for (const text of noValues)
    yield other(text, 'id-without-value', 'nothing, undefined or the like instead of the id');
}

/** Behind a proxy, the receiver sees a different URL than the sender. */
export function* otherUrls({ message, values }: Place): Generator<OtherValue> {
  const [part] = compileTemplate('{url}');
  const own = Buffer.from(part?.(message, values) ?? '').toString('latin1');
  if (!URL.canParse(own)) return;
  const url = new URL(own);
  const { href, origin, host, pathname, search } = url;
  const swapped = href.replace(/^http(s?):/, (_, s: string) => (s === '' ? 'https:' : 'http:'));
  const all = [swapped, pathname + search, pathname, origin + pathname, host + pathname + search, origin];
  const both = [own, href, ...all].flatMap(text => [text, text.endsWith('/') ? text.slice(0, -1) : `${text}/`]);
  for (const text of new Set(both))
    yield {
      part: 'url',
      text,
      mistake: {
        id: 'other-url',
        words: 'it was made with another form of the URL',
        remedy: 'sign the full URL that the request is sent to: behind a proxy, the receiver has to use the public one',
      },
    };
}

const units = {
  seconds: { id: 'seconds', words: 'in seconds' },
  milliseconds: { id: 'milliseconds', words: 'in milliseconds' },
  rfc3339: { id: 'rfc3339', words: 'as a date and a time' },
  fractions: { id: 'fractions', words: 'with fractions of a second' },
};

/** A timestamp that was parsed and reformatted. */
function* rewritten(timestamp: string): Generator<{ unit: (typeof units)[keyof typeof units]; text: string }> {
  const time = timeOf(timestamp);
  if (time === undefined) return;
  const iso = isoOf(time);
  const texts = {
    seconds: [Math.floor(time / 1000), Math.round(time / 1000)].map(String),
    milliseconds: [String(Math.round(time))],
    rfc3339: [iso, ...[iso.replace(/\.\d+Z$/, 'Z')].flatMap(each => [each, each.replace('Z', '+00:00'), each.replace('Z', '')])], // prettier-ignore
    fractions: [String(time / 1000), `${Math.floor(time / 1000)}.0`],
  };
  for (const [name, unit] of Object.entries(units))
    for (const text of new Set(texts[name as keyof typeof texts])) if (text !== timestamp) yield { unit, text };
}

/**
 * Every millisecond of that second: a sender that reads the clock once signs one of them, and sends only the second.
 */
export function* lostMilliseconds(timestamp: string, unit: TimestampUnit): Generator<OtherValue> {
  if (unit !== 's' || !/^\d{9,10}$/.test(timestamp)) return;
  const mistake = {
    id: 'timestamp-in-milliseconds',
    words: 'it was made with the timestamp in milliseconds',
    remedy: 'sign the same text that is sent, in seconds: compute Math.floor(Date.now() / 1000) once for both',
  };
  for (let lost = 1; lost < 1000; lost += 1)
    yield { part: 'timestamp', text: `${timestamp}${String(lost).padStart(3, '0')}`, mistake };
}

/** In milliseconds, whatever the unit. Seconds have up to eleven digits until the year 5138. */
function timeOf(text: string): number | undefined {
  if (/^\d{1,11}\.\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,15}$/.test(text)) return readTimestamp(text, 'ms');
  return readTimestamp(text, 's') ?? readTimestamp(text, 'rfc3339');
}

/** Empty for a time outside the range of dates. */
const isoOf = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '');

const mostElsewhere = 4;

/** Returns texts that look like a time in headers, and in lists such as `t=…,v1=…`. */
function timesIn(headers: readonly Header[]): string[] {
  const short = headers.filter(([, value]) => value.length < 200);
  const listed = short.flatMap(([, value]) => /(?:^|[,;\s])ts?=(\d{9,14})(?:[,;]|$)/.exec(value)?.[1] ?? []);
  const named = short.filter(([name, value]) => /time|date/i.test(name) && value !== '').map(([, value]) => value);
  return [...new Set([...named, ...listed])].slice(0, mostElsewhere);
}

/** Returns the values of headers that seem to hold an id, except the one named `own`. */
function idsIn(headers: readonly Header[], own: string): string[] {
  const named = headers.filter(
    ([name, value]) =>
      /(?:^|[-_])(?:id|delivery|key|guid|uuid)$/i.test(name) && value.length < 200 && name.toLowerCase() !== own,
  );
  return [...new Set(named.map(([, value]) => value))].filter(value => value !== '').slice(0, mostElsewhere);
}

/** In bytes: parsing longer ones isn't worth the time. */
const longestParsed = 64 * 1024;

function idsInBody(bytes: Uint8Array): string[] {
  const text = bytes.length > longestParsed ? undefined : utf8In(bytes);
  const value = text === undefined ? undefined : parseJson(text)?.value;
  if (!isRecord(value)) return [];
  const nested = [value, value['event'], value['data']].filter(each => isRecord(each));
  const all = nested.flatMap(each => ['id', 'event_id', 'eventId'].map(name => each[name]));
  return [...new Set(all.filter(each => typeof each === 'string' || typeof each === 'number').map(String))];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
