import type { Delivery } from '../case.js';
import { deliveryCases, each, inTurn, refusal } from '../case.js';
import type { Kit } from '../kit.js';
import { jsonIn } from '../../json/parse.js';
import { forged, jsonBody, partsOf, respelt, signed, type Forge } from '../signed.js';

const compare =
  'compute the HMAC of the raw body, compare it with the whole header in constant time, and return 401 if they differ';
const wholly = 'return 401 unless the header has exactly the format of a signature, then compare in constant time';
const malformed =
  'return 401 unless the header is lower-case hex of exactly the length of the digest, then compare in constant time';

/** Deliveries with a missing or wrong signature. */
export const refuses = deliveryCases('refuses', refusal, [
  {
    id: 'unsigned',
    why: 'anyone can post to a public URL',
    sends: 'a valid event without a signature header',
    remedy: 'return 401 if there is no signature header',
    elsewhere: { sends: 'a valid delivery without a signature header' },
    deliveries: kit => [falselySigned(kit, () => undefined)],
  },
  {
    id: 'empty-signature',
    why: 'an empty header is not a missing one, and must not count as "nothing to check"',
    sends: 'an event with an empty signature header',
    remedy: malformed,
    elsewhere: {
      sends: 'a delivery whose signature header is empty, or complete except for the signature',
      remedy: wholly,
    },
    deliveries: kit => emptied(kit),
  },
  {
    id: 'wrong-secret',
    why: 'a signature proves nothing until it is compared',
    sends: 'an event signed with another secret',
    remedy: compare,
    elsewhere: { sends: 'a delivery signed with another secret' },
    deliveries: kit => [falselySigned(kit, (_, sign) => sign(undefined, { secret: kit.otherSecret }))],
  },
  {
    id: 'tampered',
    why: 'anyone who sees one delivery could turn a rejection into an approval',
    sends: 'events that were changed after signing: another status, or one digit of an id',
    remedy: compare,
    elsewhere: {
      why: 'anyone who sees one delivery could forge another',
      sends: 'a delivery whose body was changed by one character after signing',
    },
    deliveries: kit =>
      kit.traits.body === 'event'
        ? [
            tampered(kit, { status: 'REJECTED', to: 'APPROVED' }),
            tampered(kit, { status: 'QUEUED', to: 'APPROVED' }),
            digitChanged(kit),
          ]
        : [changed(kit, kit.body(), characterChanged)],
  },
  {
    id: 'tampered-newline',
    why: 'a receiver that trims or parses first verifies different bytes than it received',
    sends: 'an event with a newline appended after signing',
    remedy: 'verify the raw body, before trimming or parsing it',
    elsewhere: { sends: 'a delivery with a newline appended to its body after signing' },
    deliveries: kit => [changed(kit, kit.body(), body => `${body}\n`)],
  },
  {
    id: 'truncated',
    why: 'a comparison that stops at the end of the shorter text accepts a short guess; others throw if the lengths differ',
    sends: 'the first 8, 32 and 63 digits of the valid signature',
    remedy: malformed,
    elsewhere: {
      sends: 'the first 8 and 32 characters of the valid signature, and nearly all of it',
      remedy: wholly,
    },
    deliveries: kit =>
      each([8, 32, longest(kit)], digits =>
        falselySigned(
          kit,
          right => right.slice(0, digits),
          `${digits} ${kit.scheme.encoding === 'hex' ? 'digits' : 'characters'}`,
        ),
      ),
  },
  {
    id: 'extended',
    why: 'a receiver must not ignore anything after the signature',
    sends: 'the valid signature with two more digits, and with a comma and two digits',
    remedy: malformed,
    elsewhere: { sends: 'the valid signature with two more digits at the end', remedy: wholly },
    deliveries: kit =>
      // In a list, a comma may start another entry.
      each(kit.scheme.definition.signature.list === undefined ? ['', ','] : [''], comma =>
        falselySigned(
          kit,
          right => `${right.replace(/=+$/, '')}${comma}00`,
          comma === '' ? 'two more digits' : 'a comma and two digits',
        ),
      ),
  },
  {
    id: 'not-hex',
    why: 'hex decoders stop silently at the first invalid character, and return a shorter signature',
    sends: 'a signature of the right length without any hex digit, and the valid one with a g at the end',
    remedy: malformed,
    features: ['hex'],
    deliveries: kit =>
      inTurn(
        () => falselySigned(kit, right => right.replaceAll(/./g, 'z'), 'no hex digit'),
        () => falselySigned(kit, right => right.replace(/.$/, 'g'), 'a g at its end'),
      ),
  },
  {
    id: 'prefixed',
    why: 'Fin sends no prefix, so a receiver that strips one accepts more than it should',
    sends: 'the valid signature after the prefix sha256=',
    answers: { advised: '4xx' },
    remedy: malformed,
    features: ['bare'],
    elsewhere: {
      why: 'the sender writes no prefix, so a receiver that strips one accepts more than it should',
      sends: 'the valid signature after the name of the algorithm and =',
      remedy: wholly,
    },
    deliveries: kit => [falselySigned(kit, right => `${kit.algorithm}=${right}`)],
  },
  {
    id: 'upper-case',
    why: 'Fin sends lower case, but accepting both is harmless',
    sends: 'the valid signature in upper-case hex',
    answers: {},
    remedy: 'nothing to fix',
    features: ['hex'],
    elsewhere: { why: 'the sender writes lower case, but accepting both is harmless' },
    deliveries: kit => [falselySigned(kit, right => right.toUpperCase())],
  },
  {
    id: 'reserialised',
    why: 'a receiver that verifies re-serialised JSON accepts bytes that nobody signed',
    sends: 'an indented event, with the signature of its compact form',
    remedy: 'verify the raw body, never re-serialised JSON',
    features: ['object'],
    elsewhere: { sends: 'an indented body, with the signature of its compact form' },
    deliveries: kit => [
      changed(kit, jsonBody(jsonIn(kit.body())), compact =>
        Buffer.from(jsonBody(jsonIn(Buffer.from(compact)), 2)).toString(),
      ),
    ],
  },
]);

/** An ordinary delivery with a custom signature. */
const falselySigned = (kit: Kit, signature: Forge, label?: string): Delivery =>
  forged(kit, kit.body(), { signature, label });

/** An empty header, and one with only the rest of its format, if that differs. */
function* emptied(kit: Kit): Generator<Delivery> {
  const { prefix = '', list } = kit.scheme.definition.signature;
  const hasForm = prefix !== '' || list !== undefined;
  yield falselySigned(kit, () => '', hasForm ? 'without the digest' : undefined);
  if (hasForm) yield { ...respelt(signed(kit, kit.body()), kit.scheme.signatureHeader, () => ''), label: 'empty' };
}

/** The length of a signature that is nearly complete, even for decoders that ignore padding. */
function longest({ scheme, algorithm }: Kit): number {
  if (scheme.encoding !== 'hex') return algorithm === 'sha1' ? 24 : 40;
  return algorithm === 'sha1' ? 39 : 63;
}

/** A body changed after signing. */
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

/** The last letter or digit of a JSON string, or else of the body. */
function characterChanged(body: string): string {
  const other = (character: string) => (character === 'a' || character === '1' ? '2' : '1');
  const inText = body.replace(/([A-Za-z0-9])"(?=\s*[,}\]])/, (_, character: string) => `${other(character)}"`);
  if (inText !== body) return inText;
  const anywhere = body.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, other);
  return anywhere === body ? `${body} ` : anywhere;
}
