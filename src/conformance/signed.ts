import type { Header } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import type { Delivery } from './case.js';
import type { By, Kit, Stamp } from './kit.js';

/** How a delivery differs from an ordinary one. Its headers are added to the signature's. */
interface Differences extends Partial<Delivery> {
  /** The time and id to sign. Default: now, and a new id. */
  stamp?: Stamp | undefined;
}

/** A body with its sender's usual headers. */
export function signed(
  kit: Kit,
  body: Uint8Array,
  { stamp = kit.stamp(), ...differences }: Differences = {},
): Delivery {
  const delivery = { method: 'POST', headers: [], body, ...differences };
  return { ...delivery, headers: [...kit.sign(delivery, stamp), ...delivery.headers] };
}

/**
 * Returns a replacement for the valid signature; undefined removes its header. `sign` signs another body, or with
 * another secret.
 */
export type Forge = (right: string, sign: (body?: Uint8Array, by?: By) => string) => string | undefined;

interface Forgery extends Differences {
  signature: Forge;
  /** Replaces the name of the algorithm, if the scheme has a header for it; null removes the header. */
  algorithm?: string | null | undefined;
}

/** A body with forged signature headers. */
export function forged(
  kit: Kit,
  body: Uint8Array,
  { signature, algorithm = kit.algorithm, stamp = kit.stamp(), ...differences }: Forgery,
): Delivery {
  const { signatureHeader, algorithmHeader } = kit.scheme;
  const { headers: own, ...delivery } = signed(kit, body, { stamp, ...differences });
  const message = { ...delivery, headers: differences.headers ?? [] };
  const right = kit.signature(message, stamp);
  const forgery = signature(right, (other = body, by) => kit.signature({ ...message, body: other }, stamp, by));
  const headers = own.flatMap(([name, value]): Header[] => {
    if (name === signatureHeader) return forgery === undefined ? [] : [[name, value.replace(right, () => forgery)]];
    if (name === algorithmHeader) return algorithm === null ? [] : [[name, algorithm]];
    return [[name, value]];
  });
  return { ...delivery, headers };
}

/** Changes the value of a header after signing; undefined removes the header. */
export const respelt = (
  delivery: Delivery,
  header: string,
  change: (value: string) => string | undefined,
): Delivery => ({
  ...delivery,
  headers: delivery.headers.flatMap(([name, value]): Header[] => {
    if (name !== header) return [[name, value]];
    const changed = change(value);
    return changed === undefined ? [] : [[name, changed]];
  }),
});

/** The parts of an event, to reassemble differently. */
export const partsOf = (body: Uint8Array): { event: Record<string, unknown>; data: Record<string, unknown> } =>
  jsonIn(body) as { event: Record<string, unknown>; data: Record<string, unknown> };

export const jsonBody = (value: unknown, indent?: number): Uint8Array =>
  Buffer.from(JSON.stringify(value, undefined, indent));
