import type { Header } from '../../http/header.js';
import { otherThan } from '../bodies.js';
import type { Delivery } from '../case.js';
import { deliveryCases, each, inTurn, refusal } from '../case.js';
import type { Secret } from '../../scheme/secret.js';
import type { Kit } from '../kit.js';
import { forged, signed } from '../signed.js';

const allowList =
  'always use sha256, or check the name against a short list of algorithms; never pass it to a crypto library unchecked';

/** A receiver that always uses sha256 safely accepts these. */
const acceptedByName = {
  required: '2xx,4xx',
  advised: '4xx',
  advice: "also return 401 if the header names an algorithm that you don't use",
};

/** More of the group in refuses.ts: requests that try to confuse a receiver about how or whether to verify. */
export const refusesConfusions = deliveryCases('refuses', refusal, [
  ...['md5', 'sha1'].map(name => ({
    id: `downgrade-${name}`,
    why: 'the sender controls this header, so a receiver that trusts it lets an attacker choose a weak algorithm',
    sends: `a correct HMAC with ${name}, named in the algorithm header`,
    remedy: allowList,
    features: name === 'sha1' ? (['algorithm-header', 'no-sha1'] as const) : (['algorithm-header'] as const),
    deliveries: (kit: Kit) => [
      forged(kit, kit.body(), { signature: (_, sign) => sign(undefined, { algorithm: name }), algorithm: name }),
    ],
  })),
  {
    id: 'algorithm-unknown',
    why: 'crypto libraries throw on unknown names, and the receiver then returns 500',
    sends: 'the valid signature with algorithm names that are unknown, dangerous or very long',
    answers: acceptedByName,
    remedy: allowList,
    features: ['algorithm-header'],
    deliveries: kit =>
      each(['none', 'shake256', '__proto__', 'HMAC-SHA256', 'a'.repeat(2000)], algorithm =>
        mislabelled(kit, algorithm, labelOf(algorithm)),
      ),
  },
  {
    id: 'algorithm-mismatch',
    why: 'constant-time comparisons throw if the signature and the digest differ in length',
    sends: 'the valid signature with the name of another algorithm',
    answers: acceptedByName,
    remedy: 'compare lengths before bytes, and return 401 if they differ',
    features: ['algorithm-header'],
    deliveries: kit => [mislabelled(kit, anotherAlgorithm(kit))],
  },
  {
    id: 'no-algorithm',
    why: 'Fin does not document whether this header is required, so a receiver may either assume sha256 or refuse',
    elsewhere: { why: 'a receiver may either assume the default of the scheme or refuse' },
    sends: 'the valid signature without the algorithm header',
    answers: { required: '2xx,4xx' },
    remedy: 'assume sha256 if the header is missing, or return 401',
    features: ['algorithm-header'],
    deliveries: kit => [mislabelled(kit, null)],
  },
  {
    id: 'two-signatures',
    why: 'if there are two headers, proxies and frameworks may pick different ones, and an attacker can exploit that',
    sends: 'an invalid and a valid signature header, in either order',
    answers: { required: '2xx,4xx', advised: '4xx' },
    remedy: 'return 401 if there is more than one signature header',
    features: ['single'],
    deliveries: kit =>
      inTurn(
        () => twice(kit, 'the wrong one first', (right, wrong) => [wrong, right]),
        () => twice(kit, 'the right one first', (right, wrong) => [right, wrong]),
      ),
  },
  {
    id: 'swapped',
    why: 'a signature is valid for only one body',
    sends: 'an event with the signature of another event',
    remedy: 'compute the HMAC of each body that arrives; never reuse an earlier result',
    elsewhere: { sends: 'a delivery with the signature of another body' },
    deliveries: kit => [
      forged(kit, kit.body(), {
        signature: (_, sign) => sign(kit.traits.body === 'event' ? kit.event() : otherThan(kit.body())),
      }),
    ],
  },
  ...['GET', 'PUT'].map(method => ({
    id: method.toLowerCase(),
    why: 'webhooks are sent with POST, and other methods never carry an event',
    sends: `a signed event with the method ${method}`,
    answers: { required: '404,405,501' },
    remedy: 'return 405 for every method except POST',
    elsewhere: { sends: `a signed delivery with the method ${method}` },
    deliveries: (kit: Kit) => [signed(kit, kit.body(), { method })],
  })),
]);

/** The valid signature under another algorithm's name. */
const mislabelled = (kit: Kit, algorithm: string | null, label?: string): Delivery =>
  forged(kit, kit.body(), { signature: right => right, algorithm, label });

const anotherAlgorithm = ({ scheme, algorithm }: Kit): string =>
  scheme.algorithms.findLast(name => name !== algorithm) ?? 'sha512';

const labelOf = (algorithm: string): string =>
  algorithm.length > 20 ? `a name of ${algorithm.length} letters` : algorithm;

function twice(kit: Kit, label: string, order: (right: string, wrong: string) => readonly string[]): Delivery {
  const { signatureHeader } = kit.scheme;
  const isSignature = ([name]: Header): boolean => name === signatureHeader;
  const [body, stamp] = [kit.body(), kit.stamp()];
  const valueBy = (secret: Secret) =>
    forged(kit, body, { stamp, signature: (_, sign) => sign(undefined, { secret }) }).headers.find(isSignature)?.[1] ??
    '';
  const { headers, ...delivery } = signed(kit, body, { stamp, label });
  const signatures = order(valueBy(kit.secret), valueBy(kit.otherSecret)).map((value): Header => [
    signatureHeader,
    value,
  ]);
  return { ...delivery, headers: [...signatures, ...headers.filter(header => !isSignature(header))] };
}
