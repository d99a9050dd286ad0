import type { Delivery } from '../case.js';
import { deliveryCases, refusal } from '../case.js';
import type { Kit } from '../kit.js';
import { forged, jsonBody, partsOf, signed } from '../signed.js';

const compare =
  'compute the HMAC of the raw body, compare it with the whole header in constant time, and answer 401 if they differ';
const malformed =
  'answer 401 unless the header is lower-case hex of exactly the length of the digest, and only then compare in constant time';

/** Deliveries whose signature is missing or wrong. */
export const refuses = deliveryCases('refuses', refusal, [
  {
    id: 'unsigned',
    why: 'anybody can post to a public URL',
    sends: 'a valid event without a signature header',
    remedy: 'answer 401 if there is no signature header',
    deliveries: kit => [falselySigned(kit, () => undefined)],
  },
  {
    id: 'empty-signature',
    why: 'an empty header is not a missing one, and must not count as "nothing to check"',
    sends: 'an event with an empty signature header',
    remedy: malformed,
    deliveries: kit => [falselySigned(kit, () => '')],
  },
  {
    id: 'wrong-secret',
    why: 'a signature proves nothing until it is compared',
    sends: 'an event signed with another secret',
    remedy: compare,
    deliveries: kit => [falselySigned(kit, body => kit.signature(body, kit.otherSecret))],
  },
  {
    id: 'tampered',
    why: 'whoever sees one delivery could turn a rejection into an approval',
    sends: 'events that were changed after signing: another status, or one digit of an id',
    remedy: compare,
    deliveries: kit => [
      tampered(kit, { status: 'REJECTED', to: 'APPROVED' }),
      tampered(kit, { status: 'QUEUED', to: 'APPROVED' }),
      digitChanged(kit),
    ],
  },
  {
    id: 'tampered-newline',
    why: 'a receiver that trims or parses first verifies other bytes than it received',
    sends: 'an event with a newline appended after signing',
    remedy: 'verify the raw body: neither trimmed nor parsed',
    deliveries: kit => [changed(kit, kit.event(), body => `${body}\n`)],
  },
  {
    id: 'truncated',
    why: 'a comparison that stops at the end of the shorter text accepts a short guess; another kind throws on unequal lengths',
    sends: 'the first 8, 32 and 63 digits of the right signature',
    remedy: malformed,
    deliveries: kit =>
      [8, 32, 63].map(digits => falselySigned(kit, body => kit.signature(body).slice(0, digits), `${digits} digits`)),
  },
  {
    id: 'extended',
    why: 'a receiver must not ignore anything after the signature',
    sends: 'the right signature with two more digits, and with a comma and two digits',
    remedy: malformed,
    deliveries: kit => [
      falselySigned(kit, body => `${kit.signature(body)}00`, 'two more digits'),
      falselySigned(kit, body => `${kit.signature(body)},00`, 'a comma and two digits'),
    ],
  },
  {
    id: 'not-hex',
    why: 'hex decoders stop silently at the first invalid character, and return a shorter signature',
    sends: 'a signature of the right length without a hex digit, and the right one with a g at its end',
    remedy: malformed,
    deliveries: kit => [
      falselySigned(kit, body => kit.signature(body).replaceAll(/./g, 'z'), 'no hex digit'),
      falselySigned(kit, body => kit.signature(body).replace(/.$/, 'g'), 'a g at its end'),
    ],
  },
  {
    id: 'prefixed',
    why: 'Fin sends no prefix, so a receiver that strips one accepts more than it should',
    sends: 'the right signature after the prefix sha256=',
    answers: { advised: '4xx' },
    remedy: malformed,
    deliveries: kit => [falselySigned(kit, body => `${kit.algorithm}=${kit.signature(body)}`)],
  },
  {
    id: 'upper-case',
    why: 'Fin sends lower case, but accepting both is harmless',
    sends: 'the right signature in upper-case hex',
    answers: {},
    remedy: 'nothing to fix',
    deliveries: kit => [falselySigned(kit, body => kit.signature(body).toUpperCase())],
  },
  {
    id: 'reserialised',
    why: 'a receiver that verifies re-serialised JSON accepts bytes that nobody signed',
    sends: 'an indented event, with the signature of its compact form',
    remedy: 'verify the raw body, never re-serialised JSON',
    deliveries: kit => {
      const compact = kit.event();
      const indented = jsonBody(partsOf(compact), 2);
      return [forged(kit, indented, { signature: kit.signature(compact), algorithm: kit.algorithm })];
    },
  },
]);

/** An event with a signature that is made from its body in some way. */
function falselySigned(kit: Kit, signatureOf: (body: Uint8Array) => string | undefined, label?: string): Delivery {
  const body = kit.event();
  return forged(kit, body, { signature: signatureOf(body), algorithm: kit.algorithm, label });
}

/** A body that was changed after it was signed. */
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
