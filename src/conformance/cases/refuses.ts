import type { Delivery } from '../case.js';
import { deliveryCases, refusal } from '../case.js';
import type { Kit } from '../kit.js';
import { jsonBody, partsOf, signed, signedWith } from '../signed.js';

const compare =
  'compute the HMAC of the raw body, and compare it with the whole header in constant time; answer 401 when they differ';
const malformed =
  'answer 401 unless the header is exactly as many lower-case hex digits as the digest has; only then compare in constant time';

/** Deliveries whose signature is missing or wrong. */
export const refuses = deliveryCases('refuses', refusal, [
  {
    id: 'unsigned',
    why: 'anybody can post to a public address',
    sends: 'a valid event without a signature header',
    remedy: 'answer 401 when there is no signature header',
    deliveries: kit => [forged(kit, () => undefined)],
  },
  {
    id: 'empty-signature',
    why: 'an empty header is not the same as none, and must not count as "nothing to check"',
    sends: 'an empty signature header',
    remedy: malformed,
    deliveries: kit => [forged(kit, () => '')],
  },
  {
    id: 'wrong-secret',
    why: 'a signature proves something only if it is compared',
    sends: 'an event signed with another secret',
    remedy: compare,
    deliveries: kit => [forged(kit, body => kit.signature(body, kit.otherSecret))],
  },
  {
    id: 'tampered',
    why: 'somebody who sees one delivery could turn a rejection into an approval',
    sends: 'an event that was changed after signing: another status, one digit of an id',
    remedy: compare,
    deliveries: kit => [
      tampered(kit, { status: 'REJECTED', to: 'APPROVED' }),
      tampered(kit, { status: 'QUEUED', to: 'APPROVED' }),
      digitChanged(kit),
    ],
  },
  {
    id: 'tampered-newline',
    why: 'a receiver that trims or parses before it verifies does not verify what came',
    sends: 'an event with a newline appended after signing',
    remedy: 'verify the bytes as they came: nothing trimmed, nothing parsed',
    deliveries: kit => [changed(kit, kit.event(), body => `${body}\n`)],
  },
  {
    id: 'truncated',
    why: 'a comparison that stops at the shorter text accepts a guess of a few digits; one on unequal lengths throws',
    sends: 'the first 8, 32 and 63 digits of the right signature',
    remedy: malformed,
    deliveries: kit =>
      [8, 32, 63].map(digits => forged(kit, body => kit.signature(body).slice(0, digits), `${digits} digits`)),
  },
  {
    id: 'extended',
    why: 'what comes after the signature must not be passed over',
    sends: 'the right signature with two more digits, and with a comma and more',
    remedy: malformed,
    deliveries: kit => [
      forged(kit, body => `${kit.signature(body)}00`, 'two more digits'),
      forged(kit, body => `${kit.signature(body)},00`, 'a comma and more'),
    ],
  },
  {
    id: 'not-hex',
    why: 'decoders of hex stop silently at the first character that is none, and leave a shorter signature',
    sends: 'as many characters as a signature has that are not hex, and the right one with g at its end',
    remedy: malformed,
    deliveries: kit => [
      forged(kit, body => kit.signature(body).replaceAll(/./g, 'z'), 'no hex at all'),
      forged(kit, body => kit.signature(body).replace(/.$/, 'g'), 'g at its end'),
    ],
  },
  {
    id: 'prefixed',
    why: 'Fin sends no prefix; a receiver that strips one takes more than it should',
    sends: 'sha256= before the right signature',
    answers: { advised: '4xx' },
    remedy: malformed,
    deliveries: kit => [forged(kit, body => `${kit.algorithm}=${kit.signature(body)}`)],
  },
  {
    id: 'upper-case',
    why: 'Fin sends lower case; taking both is harmless',
    sends: 'the right signature in upper-case hex',
    answers: {},
    remedy: 'nothing needs to be done',
    deliveries: kit => [forged(kit, body => kit.signature(body).toUpperCase())],
  },
  {
    id: 'reserialised',
    why: 'a receiver that parses and writes the body before it verifies accepts bytes that nobody signed',
    sends: 'an event with indentation, under the signature of its compact form',
    remedy: 'verify the bytes as they came: never JSON that was written anew',
    deliveries: kit => {
      const compact = kit.event();
      return [signedWith(kit.signature(compact), jsonBody(partsOf(compact), 2), { algorithm: kit.algorithm })];
    },
  },
]);

/** An event with a signature that is made of it, whatever it is. */
const forged = (kit: Kit, signatureOf: (body: Uint8Array) => string | undefined, label?: string): Delivery => {
  const body = kit.event();
  return signedWith(signatureOf(body), body, { algorithm: kit.algorithm, label });
};

/** A body that isn't any more what was signed. */
const changed = (kit: Kit, body: Uint8Array, change: (text: string) => string): Delivery => ({
  ...signed(kit, body),
  body: Buffer.from(change(Buffer.from(body).toString())),
});

const tampered = (kit: Kit, { status, to }: { status: string; to: string }): Delivery => ({
  ...changed(kit, kit.event({ status }), text => text.replace(`"${status}"`, `"${to}"`)),
  label: `${status} became ${to}`,
});

function digitChanged(kit: Kit): Delivery {
  const body = kit.event();
  const id = String(partsOf(body).data['customer_id']);
  const other = id.replace(/.$/, digit => (digit === '0' ? '1' : '0'));
  return { ...changed(kit, body, text => text.replaceAll(id, other)), label: 'another customer_id' };
}
