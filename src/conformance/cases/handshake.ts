import { createHmac } from 'node:crypto';
import { deliveryCases } from '../case.js';
import type { AnswerPart, Delivery } from '../delivery.js';
import type { Kit } from '../kit.js';
import { signed } from '../signed.js';

/** More of the group in accepts.ts: challenges that senders send before events. */
export const acceptsHandshake = deliveryCases('accepts', { required: '2xx' }, [
  {
    id: 'handshake',
    why: 'the sender sends no events to a URL that does not respond to its challenge',
    sends: 'the request that checks whether a URL belongs to its user, with a random challenge',
    features: ['handshake'],
    remedy: 'return 2xx with the expected response, computed from the challenge in this request',
    deliveries: kit => [challenge(kit)],
  },
]);

function challenge(kit: Kit): Delivery {
  const { body = {}, answer = [] } = kit.scheme.definition.handshake ?? {};
  // An id has only characters that JSON doesn't escape.
  const text = kit.newId();
  const filled = JSON.stringify(body).replaceAll('{challenge}', text);
  return signed(kit, Buffer.from(filled), { answer: answer.map(part => expected(kit, part, text)) });
}

function expected({ secret, algorithm, scheme }: Kit, part: string, text: string): AnswerPart {
  const withText = part.replaceAll('{challenge}', text);
  if (!part.includes('{hmac}')) return { is: 'challenge', text: withText };
  const hmac = createHmac(algorithm, secret.key).update(text).digest(scheme.encoding);
  return { is: 'hmac', text: withText.replaceAll('{hmac}', hmac) };
}
