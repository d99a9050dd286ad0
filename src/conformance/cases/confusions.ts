import type { Delivery } from '../case.js';
import { deliveryCases, refusal } from '../case.js';
import type { Kit } from '../kit.js';
import { signed, signedWith } from '../signed.js';

const allowList =
  'take sha256, or look the header up in a short list of algorithms; never hand its word to a crypto library';

/** The same group as in refuses.ts: requests that mean to confuse a receiver about how to verify, or whether to. */
export const refusesConfusions = deliveryCases('refuses', refusal, [
  ...['md5', 'sha1'].map(name => ({
    id: `downgrade-${name}`,
    why: "the header is the sender's word: whoever obeys it lets an attacker choose the weakest algorithm",
    sends: `a correct HMAC under ${name}, which the algorithm header names`,
    remedy: allowList,
    deliveries: (kit: Kit) => {
      const body = kit.event();
      return [signedWith(kit.hmac(body, name), body, { algorithm: name })];
    },
  })),
  {
    id: 'algorithm-unknown',
    why: 'a crypto library throws on a name that it does not know, and the receiver answers 500',
    sends: 'the right signature under algorithm names that nobody knows, and some that are traps',
    answers: { required: '2xx,4xx', advised: '4xx' },
    remedy: allowList,
    deliveries: kit =>
      ['none', 'shake256', '__proto__', 'HMAC-SHA256', 'a'.repeat(2000)].map(algorithm =>
        mislabelled(kit, algorithm, labelOf(algorithm)),
      ),
  },
  {
    id: 'algorithm-mismatch',
    why: "a signature of another length than the algorithm's makes constant-time comparisons throw",
    sends: 'the right signature, and the name of another algorithm',
    answers: { required: '2xx,4xx', advised: '4xx' },
    remedy: 'compare lengths before the bytes, and answer 401 when they differ',
    deliveries: kit => [mislabelled(kit, kit.algorithm === 'sha512' ? 'sha256' : 'sha512')],
  },
  {
    id: 'no-algorithm',
    why: 'whether the header may be left out is not documented; a receiver may take that for sha256 or refuse it',
    sends: 'the right signature without the algorithm header',
    answers: { required: '2xx,4xx' },
    remedy: 'take a missing header for sha256, or answer 401',
    deliveries: kit => [mislabelled(kit, undefined)],
  },
  {
    id: 'two-signatures',
    why: 'which of two headers counts differs between proxies and frameworks, and an attacker can use that',
    sends: 'a wrong and a right signature header, in both orders',
    answers: { required: '2xx,4xx', advised: '4xx' },
    remedy: 'answer 401 when there is more than one signature header',
    deliveries: kit => [
      twice(kit, 'the wrong one first', (right, wrong) => [wrong, right]),
      twice(kit, 'the right one first', (right, wrong) => [right, wrong]),
    ],
  },
  {
    id: 'swapped',
    why: 'a signature belongs to one body',
    sends: 'the right signature of another delivery',
    remedy: 'compute the HMAC of the body that came with the header, each time anew',
    deliveries: kit => [signedWith(kit.signature(kit.event()), kit.event(), { algorithm: kit.algorithm })],
  },
  ...['GET', 'PUT'].map(method => ({
    id: method.toLowerCase(),
    why: "a webhook is a POST; other methods are other people's",
    sends: `a signed event with ${method}`,
    answers: { required: '404,405' },
    remedy: 'answer 405 to every method but POST',
    deliveries: (kit: Kit) => [signed(kit, kit.event(), { method })],
  })),
]);

const mislabelled = (kit: Kit, algorithm: string | undefined, label?: string): Delivery => {
  const body = kit.event();
  return signedWith(kit.signature(body), body, { algorithm, label });
};

const labelOf = (algorithm: string): string =>
  algorithm.length > 20 ? `a name of ${algorithm.length} letters` : algorithm;

function twice(kit: Kit, label: string, order: (right: string, wrong: string) => readonly string[]): Delivery {
  const body = kit.event();
  const [right, wrong] = [kit.signature(body), kit.signature(body, kit.otherSecret)];
  const { headers, ...delivery } = signed(kit, body, { label });
  const others = headers.filter(([name]) => name !== kit.scheme.signatureHeader);
  return {
    ...delivery,
    headers: [...order(right, wrong).map(value => [kit.scheme.signatureHeader, value] as const), ...others],
  };
}
