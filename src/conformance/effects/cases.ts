import { otherThan } from '../bodies.js';
import { inTurn, type Delivery, type EffectCase } from '../case.js';
import { forged, signed, type Forge } from '../signed.js';
import type { Subject } from './subject.js';

const rememberId =
  'claim the id in the transaction that does the work, such as an insert that ignores conflicts, and do nothing if it was claimed';
const remember =
  'claim event.id in the transaction that does the work, such as an insert that ignores conflicts, and do nothing if it was claimed';
const verifyFirst = 'verify the signature before anything else, and return at once if it is wrong';

/** How deliveries must change the application's state, in the order the cases run. */
export const effects: readonly EffectCase[] = [
  {
    id: 'one-delivery',
    why: "a probe that sees no change after one delivery can't check the other cases",
    sends: 'an event about a new customer, and an event about another one',
    remedy: 'accept both: the other cases of this group are compared with these',
    ...effect('first'),
    elsewhere: { sends: 'a delivery, and another one' },
    steps: subject => [event(subject)],
  },
  {
    id: 'effect-duplicate',
    why: 'a sender that missed the response sends the event again, but the work must not be done twice',
    sends: 'the same delivery twice in a row',
    remedy: remember,
    elsewhere: { remedy: rememberId },
    ...effect('once'),
    steps: subject =>
      inTurn(
        () => event(subject, { label: 'the first' }),
        () => event(subject, { label: 'the second' }),
      ),
  },
  {
    id: 'effect-parallel',
    why: 'two copies may arrive at the same moment, and a check before the insert lets both through',
    sends: 'the same delivery five times at once',
    remedy: remember,
    elsewhere: { remedy: rememberId },
    ...effect('once'),
    steps: subject => [event(subject, { copies: 5 })],
  },
  {
    id: 'retry-after-timeout',
    why: 'a sender that times out sends the event again, while the first one may still be in progress',
    sends: 'an event whose connection is closed as soon as the body is sent, followed by the same event',
    remedy: remember,
    elsewhere: { remedy: rememberId },
    ...effect('once'),
    steps: subject =>
      inTurn(
        () => event(subject, { transfer: { kind: 'unheard' }, label: 'without waiting' }),
        () => event(subject, { label: 'the retry' }),
      ),
  },
  {
    id: 'older-after-newer',
    why: 'the order of events is not guaranteed, and a late one must not bring back an old status',
    sends: 'the status APPROVED, followed by REVIEWING, which was created an hour earlier',
    remedy: 'store event.created_at with the status, and ignore any event older than the stored time',
    ...effect('stays', 'advised'),
    features: ['events'],
    earlier: subject => [event(subject, { label: 'the newer event' })],
    steps: subject => [
      signed(subject.kit, subject.body({ status: 'REVIEWING', isOlder: true }), { label: 'the older event' }),
    ],
  },
  {
    id: 'effect-forged',
    why: 'a receiver may return 401 after it has already done the work',
    sends: 'an event with a made-up signature of the right length',
    remedy: verifyFirst,
    ...effect('stays'),
    steps: subject => [falsely(subject, right => right.replaceAll(/[A-Za-z0-9]/g, '0'))],
  },
  {
    id: 'effect-tampered',
    why: 'anyone who sees one delivery could turn a rejection into an approval',
    sends: 'a rejection that was changed to an approval after it was signed',
    elsewhere: {
      why: 'anyone who sees one delivery could forge another',
      sends: 'a delivery whose body was changed after it was signed',
    },
    remedy: verifyFirst,
    ...effect('stays'),
    steps: subject => [tampered(subject)],
  },
  {
    id: 'effect-wrong-secret',
    why: 'a signature proves nothing until it is compared',
    sends: 'an event signed with another secret',
    remedy: verifyFirst,
    ...effect('stays'),
    steps: subject => [falsely(subject, (_, sign) => sign(undefined, { secret: subject.kit.otherSecret }))],
  },
  {
    id: 'effect-unsigned',
    why: 'anyone can post to a public URL',
    sends: 'an event without a signature header',
    remedy: verifyFirst,
    ...effect('stays'),
    steps: subject => [falsely(subject, () => undefined)],
  },
  {
    id: 'crash-retry',
    why: 'a restarted receiver that kept its list of known events in memory does the work again',
    sends: 'an event, and the same event again after a restart of the application',
    remedy: 'keep the ids of known events where the work is stored, in the same transaction',
    ...effect('once', 'required', 'restart'),
    *steps(subject) {
      yield event(subject, { label: 'the first' });
      yield 'restart';
      yield event(subject, { label: 'the retry' });
    },
  },
];

function effect(
  state: EffectCase['state'],
  level: EffectCase['level'] = 'required',
  needs: EffectCase['needs'] = 'probe',
): Pick<EffectCase, 'group' | 'state' | 'level' | 'needs' | 'features'> {
  return { group: 'effects', state, level, needs, features: ['id'] };
}

const event = ({ kit, body, stamp }: Subject, differences: Partial<Delivery> = {}): Delivery =>
  signed(kit, body(), { stamp: stamp(), ...differences });

const falsely = ({ kit, body, stamp }: Subject, signature: Forge): Delivery =>
  forged(kit, body(), { stamp: stamp(), signature });

/** Signed as the rejection, or as another body. */
function tampered({ kit, body, stamp }: Subject): Delivery {
  const [before, after] =
    kit.traits.body === 'event'
      ? [body({ status: 'REJECTED' }), body({ status: 'APPROVED' })]
      : [otherThan(body()), body()];
  return { ...signed(kit, before, { stamp: stamp() }), body: after };
}
