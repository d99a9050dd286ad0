import { parseJson } from '../json/tokens.js';
import type { BodyMaterial } from './material.js';

/** The way JavaScript, PHP and Python write a string. */
export function stringsOf(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const plain = JSON.stringify(text);
  const slashes = plain.replaceAll('/', '\\/');
  return [...new Set([plain, inAscii(plain), slashes, inAscii(slashes)])];
}

const inAscii = (text: string): string =>
  text.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const parsed = (text: string | undefined): unknown =>
  text === undefined ? undefined : parseJson(text.replace(/^\ufeff/, ''))?.value;

export function contentOf(text: string | undefined): string | undefined {
  const value = text?.trimStart().startsWith('"') ? parsed(text) : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function formsOf(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const component = encodeURIComponent(text);
  const form = new URLSearchParams({ payload: text }).toString().slice('payload='.length);
  return [component, form].flatMap(value => [`payload=${value}`, value, `${value}=`, `body=${value}`, `data=${value}`]);
}

export function formValues(text: string | undefined): string[] | undefined {
  if (text === undefined || !/^[^{["\s][^\s]*$/.test(text)) return undefined;
  const values = [...new URLSearchParams(text)].flatMap(([name, value]) => [value, name]);
  return text.includes('=') || text.includes('%') ? values.filter(value => value !== '').slice(0, 8) : undefined;
}

/** The result of parsing a JSON body as `urlencoded`. */
export function parsedAsForm(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const pairs = Object.fromEntries(new URLSearchParams(text));
  return [JSON.stringify(pairs), JSON.stringify({ [text]: '' })];
}

export function enveloped(text: string | undefined, bytes: Uint8Array): string[] | undefined {
  const base64 = { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true };
  const names = ['body', 'payload', 'data', 'Message', 'rawBody'];
  const value = parsed(text);
  return [
    ...(text === undefined ? [] : names.map(name => JSON.stringify({ [name]: text }))),
    ...(value === undefined ? [] : names.map(name => JSON.stringify({ [name]: value }))),
    JSON.stringify(base64),
  ];
}

export function opened(text: string | undefined): (string | Uint8Array)[] | undefined {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return undefined;
  return ['body', 'payload', 'data', 'Message', 'rawBody'].flatMap(name => {
    const inner = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    return typeof inner === 'string' && inner !== '' ? [inner, Buffer.from(inner, 'base64')] : [];
  });
}

export function withTarget({ method, targets, bytes }: BodyMaterial): Uint8Array[] {
  const prefixes = targets.flatMap(target =>
    ['', '\n', '.', ' '].flatMap(mark => [`${target}${mark}`, `${method}${mark}${target}${mark}`]),
  );
  return [method, `${method}\n`, ...prefixes].map(prefix => Buffer.concat([Buffer.from(prefix), bytes]));
}

/** The times in headers, and in lists such as Stripe's, with the separators that schemes put before the body. */
export function withTimestamp({ headers, bytes }: BodyMaterial): Uint8Array[] {
  const short = headers.filter(([, value]) => value.length < 200);
  const listed = short.flatMap(([, value]) => /(?:^|[,;\s])ts?=(\d{9,14})(?:[,;]|$)/.exec(value)?.[1] ?? []);
  const named = short.filter(([name]) => /time|date/i.test(name)).map(([, value]) => value);
  const ids = short.filter(([name]) => /-id$/i.test(name)).map(([, value]) => `${value}.`);
  const prefixes = [...named, ...listed]
    .slice(0, 4)
    .flatMap(time => [
      ...['.', '', ':', ',', '\n'].flatMap(mark => [`${time}${mark}`, `v0:${time}${mark}`]),
      ...ids.slice(0, 3).map(id => `${id}${time}.`),
    ]);
  return prefixes.map(prefix => Buffer.concat([Buffer.from(prefix), bytes]));
}

/** Serialised twice in JavaScript, with a parse in between. */
export const serialisedAgain = (text: string | undefined): string[] | undefined => {
  const value = parsed(text);
  return value === undefined ? undefined : stringsOf(JSON.stringify(value));
};

/** As middleware changes values: empty texts become null in Laravel, and some serialisers leave null out. */
export function changedValues(text: string | undefined): string[] | undefined {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const written = [
    JSON.stringify(value, (_, each: unknown) => (each === '' ? null : each)),
    JSON.stringify(value, (_, each: unknown) => (each === null ? undefined : each)),
  ];
  return written.flatMap(each => [
    each,
    each.replaceAll('/', '\\/'),
    inAscii(each),
    inAscii(each).replaceAll('/', '\\/'),
  ]);
}
