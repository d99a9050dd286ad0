import { deliveryCases, type Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import { respelt, signed } from '../signed.js';

const every = 'compare every entry of a known version, accept if one of them matches, and skip all others';

/** More of the group in accepts.ts: headers that hold several signatures. */
export const acceptsLists = deliveryCases('accepts', { required: '2xx' }, [
  {
    id: 'second-signature',
    why: 'while a secret is rotated, senders sign with the old one and the new one, in any order',
    sends: 'two signatures in the list, of which only the second is valid',
    features: ['list'],
    remedy: every,
    deliveries: kit => [listing(kit, ({ right, wrong }) => [wrong, right])],
  },
  {
    id: 'newer-version',
    why: 'a sender that introduces a new signature version keeps sending the old one along with it',
    sends: 'a signature of an unknown version, followed by a valid one',
    features: ['list'],
    remedy: every,
    deliveries: kit => [listing(kit, ({ right, unknown }) => [unknown('00'), right])],
  },
]);

/** More of the group in refuses.ts: headers that hold signatures of other versions. */
export const refusesLists = deliveryCases('refuses', { required: '4xx' }, [
  {
    id: 'unknown-version',
    why: 'another version may mean another algorithm or other signed content, so its signatures prove nothing',
    sends: 'a valid signature, labelled with an unknown version',
    features: ['list'],
    remedy: 'compare only entries of a known version',
    deliveries: kit => [listing(kit, ({ digest, unknown }) => [unknown(digest)])],
  },
  {
    id: 'no-known-version',
    why: 'if there is nothing to compare, a careless loop finds no mismatch and accepts the request',
    sends: 'two signatures of unknown versions, and none of a known one',
    features: ['list'],
    remedy: 'refuse a request unless one signature has matched',
    deliveries: kit => [listing(kit, ({ unknown }) => [unknown('00'), unknown('01')])],
  },
]);

interface Entries {
  /** The entry of the valid signature, and one made with another secret. */
  right: string;
  wrong: string;
  /** Only the valid signature. */
  digest: string;
  /** Makes an entry of a version that the scheme doesn't have. */
  unknown: (digest: string) => string;
}

/** A delivery with other signatures in its list. */
function listing(kit: Kit, choose: (entries: Entries) => string[]): Delivery {
  const [body, stamp] = [kit.body(), kit.stamp()];
  const { pair = '', key, ed25519 } = kit.scheme.definition.signature;
  const digest = kit.signature({ body }, stamp);
  const wrong = kit.signature({ body }, stamp, { secret: kit.otherSecret });
  const known = [key, ed25519, kit.scheme.definition.timestamp?.key];
  const version = ['v9', 'v8', 'v7', 'v6'].find(name => !known.includes(name)) ?? 'v5';
  return entriesOf(kit, signed(kit, body, { stamp }), (entry, of) =>
    of === 'signature'
      ? choose({
          right: entry,
          wrong: entry.replace(digest, () => wrong),
          digest,
          unknown: text => `${version}${pair}${text}`,
        })
      : [entry],
  );
}

/** Changes the entries of the signature header, if it is a list. */
export function entriesOf(
  { scheme }: Kit,
  delivery: Delivery,
  change: (entry: string, of: 'signature' | 'timestamp') => string[],
): Delivery {
  const { list, pair = '' } = scheme.definition.signature;
  const timestampKey = scheme.definition.timestamp?.key;
  if (list === undefined) return delivery;
  return respelt(delivery, scheme.signatureHeader, value =>
    value
      .split(list)
      .flatMap(entry => change(entry, entry.split(pair)[0] === timestampKey ? 'timestamp' : 'signature'))
      .join(list),
  );
}
