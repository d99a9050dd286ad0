import { jsonIn } from '../json/parse.js';
import type { Header } from '../http/header.js';
import type { Delivery } from './case.js';
import type { Kit } from './kit.js';
import { defaultPreset } from '../scheme/presets/index.js';

/** A body with a signature of the case's own choice. `algorithm: undefined` leaves its header out. */
export function signedWith(
  signature: string | undefined,
  body: Uint8Array,
  { algorithm, ...differences }: Partial<Delivery> & { algorithm: string | undefined },
): Delivery {
  const headers: Header[] = [
    ...(signature === undefined ? [] : [[defaultPreset.signature.header, signature] as const]),
    ...(algorithm === undefined ? [] : [[defaultPreset.algorithmHeader?.name ?? '', algorithm] as const]),
  ];
  return { method: 'POST', headers, body, ...differences };
}

/** A body as Fin would send it, but for the differences. */
export const signed = (kit: Kit, body: Uint8Array, differences: Partial<Delivery> = {}): Delivery =>
  signedWith(kit.signature(body), body, { algorithm: kit.algorithm, ...differences });

/** What a body holds, to be put together in another way. */
export const partsOf = (body: Uint8Array): { event: Record<string, unknown>; data: Record<string, unknown> } =>
  jsonIn(body) as { event: Record<string, unknown>; data: Record<string, unknown> };

export const jsonBody = (value: unknown, indent?: number): Uint8Array =>
  Buffer.from(JSON.stringify(value, undefined, indent));
