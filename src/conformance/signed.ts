import type { Header } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import type { Delivery } from './case.js';
import type { By, Kit, Stamp } from './kit.js';

/** How a delivery differs from a usual one. Its headers are added to those of the signature. */
interface Differences extends Partial<Delivery> {
  /** The time and the id that it is signed with. Default: now, and a new one. */
  stamp?: Stamp | undefined;
}

/** A body with the headers that its sender would give it. */
export function signed(
  kit: Kit,
  body: Uint8Array,
  { stamp = kit.stamp(), ...differences }: Differences = {},
): Delivery {
  const delivery = { method: 'POST', headers: [], body, ...differences };
  return { ...delivery, headers: [...kit.sign(delivery, stamp), ...delivery.headers] };
}

/**
 * Returns what takes the place of the right signature; undefined leaves its header out. `sign` makes one for another body, or by
 * another secret.
 */
export type Forge = (right: string, sign: (body?: Uint8Array, by?: By) => string) => string | undefined;

interface Forgery extends Differences {
  signature: Forge;
  /** Replaces the name of the algorithm, where the scheme has a header for it; null leaves the header out. */
  algorithm?: string | null | undefined;
}

/** A body whose headers claim what the case wants them to. */
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

/** Changes the value of a header after signing; undefined leaves the header out. */
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

/** The parts of an event, to be put together in another way. */
export const partsOf = (body: Uint8Array): { event: Record<string, unknown>; data: Record<string, unknown> } =>
  jsonIn(body) as { event: Record<string, unknown>; data: Record<string, unknown> };

export const jsonBody = (value: unknown, indent?: number): Uint8Array =>
  Buffer.from(JSON.stringify(value, undefined, indent));
