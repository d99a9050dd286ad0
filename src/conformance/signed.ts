import { jsonIn } from '../json/parse.js';
import type { Header } from '../http/header.js';
import type { Delivery } from './case.js';
import type { Kit } from './kit.js';

/** A body with the headers that its sender would give it. */
export const signed = (kit: Kit, body: Uint8Array, differences: Partial<Delivery> = {}): Delivery => ({
  method: 'POST',
  headers: kit.sign(body),
  body,
  ...differences,
});

interface Forgery extends Partial<Delivery> {
  /** Replaces the right signature; undefined leaves its header out. */
  signature: string | undefined;
  /** Replaces the name of the algorithm, where the scheme has a header for it; undefined leaves the header out. */
  algorithm: string | undefined;
}

/** A body whose headers claim what the case wants them to. */
export function forged(kit: Kit, body: Uint8Array, { signature, algorithm, ...differences }: Forgery): Delivery {
  const { signatureHeader, algorithmHeader } = kit.scheme;
  const right = kit.signature(body);
  const headers = kit.sign(body).flatMap(([name, value]): Header[] => {
    if (name === signatureHeader) return signature === undefined ? [] : [[name, value.replace(right, () => signature)]];
    if (name === algorithmHeader) return algorithm === undefined ? [] : [[name, algorithm]];
    return [[name, value]];
  });
  return { method: 'POST', headers, body, ...differences };
}

/** The parts of an event, to be put together in another way. */
export const partsOf = (body: Uint8Array): { event: Record<string, unknown>; data: Record<string, unknown> } =>
  jsonIn(body) as { event: Record<string, unknown>; data: Record<string, unknown> };

export const jsonBody = (value: unknown, indent?: number): Uint8Array =>
  Buffer.from(JSON.stringify(value, undefined, indent));
