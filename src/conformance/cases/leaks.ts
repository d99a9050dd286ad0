import type { AnsweredExchange, Leak, ObservationCase } from '../case.js';
import { groupsOfAnswers, textOf, withoutPath } from '../answers.js';
import type { Kit } from '../kit.js';

/** What no answer may say. */
export const leaks: readonly ObservationCase[] = [
  {
    id: 'leak-secret',
    group: 'leaks',
    level: 'required',
    why: 'whoever has the secret can sign anything',
    sends: 'all deliveries of the run; their answers are searched for the secret, as text, hex and base64',
    remedy: 'never put the secret, the environment or the configuration into an answer; then make a new secret',
    observe: (answers, kit) => firstLeak(answers, answer => secretIn(answer, kit)),
  },
  {
    id: 'leak-signature',
    group: 'leaks',
    level: 'required',
    why: 'an answer with the expected signature signs whatever anybody sends',
    sends: 'all deliveries of the run; their answers are searched for signatures that the sender did not know',
    remedy: 'never put the computed signature into an answer, not even for debugging',
    observe: (answers, kit) => firstLeak(answers, answer => signatureIn(answer, kit)),
  },
  {
    id: 'leak-internals',
    group: 'leaks',
    level: 'required',
    why: 'stack traces and file paths tell an attacker which libraries to look up',
    sends: 'all deliveries of the run; their answers are searched for stack traces and file paths',
    remedy: 'answer errors with a constant text, turn off the debug pages of the framework, and log the rest',
    observe: (answers, kit) => firstLeak(answers, answer => internalsIn(answer, kit)),
  },
  {
    id: 'leak-reason',
    group: 'leaks',
    level: 'advised',
    why: 'an answer that tells why a signature was refused helps to guess a better one',
    sends: 'all deliveries that have to be refused; their answers are compared with each other',
    remedy: 'answer every bad signature with the same 401 and the same body, and log the reason',
    observe: reasonIn,
  },
];

type Finding = Omit<Leak, 'id'>;

function firstLeak(
  answers: readonly AnsweredExchange[],
  find: (answer: AnsweredExchange) => Finding | undefined,
): Leak | undefined {
  for (const answer of answers) {
    const found = find(answer);
    if (found) return { id: answer.id, ...found };
  }
  return undefined;
}

/** A shorter secret could stand anywhere by chance. */
const leastSecret = 8;

function secretIn(answer: AnsweredExchange, { secret }: Kit): Finding | undefined {
  const bytes = secret.key.export();
  if (bytes.length < leastSecret) return undefined;
  const text = textOf(answer);
  const isFound =
    text.includes(bytes.toString('latin1')) ||
    text.toLowerCase().includes(bytes.toString('hex')) ||
    text.includes(bytes.toString('base64').replace(/=+$/, ''));
  return isFound ? { what: 'secret' } : undefined;
}

/** What the sender has sent is no news when it comes back. */
function signatureIn(answer: AnsweredExchange, kit: Kit): Finding | undefined {
  const { body, headers } = answer.delivery;
  const known = headers.map(([, value]) => value.toLowerCase());
  const text = textOf(answer);
  const isFound = kit.scheme.algorithms
    .map(algorithm => kit.hmac(body, algorithm))
    .filter(hex => !known.some(value => value.includes(hex)))
    .some(hex => text.toLowerCase().includes(hex) || text.includes(base64Of(hex)));
  return isFound ? { what: 'signature' } : undefined;
}

const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '');

const traces =
  /\bat (?:async |new )?[\w$.<>[\] ]+ ?\([^)]*:\d+:\d+\)|Traceback \(most recent call last\)|\bgoroutine \d+ \[|\bat [\w$.]+\([\w$]+\.(?:java|kt):\d+\)|\bpanicked at |\.cs:line \d+/;

const paths =
  /(?<![\w.:-])\/(?:home|Users|usr|var|opt|srv|root|tmp|etc)\/[\w.@/-]+|\b[A-Z]:\\[\w.\\-]+|\b(?:node_modules|site-packages)\/[\w.@/-]*|[\w./@-]+\.(?:[cm]?[jt]s|py|rb|go|java|kt|php|cs|rs|exs?):\d+/;

/** Long enough to be recognised. */
const excerptLength = 80;

function internalsIn(answer: AnsweredExchange, { path }: Kit): Finding | undefined {
  const text = withoutPath(textOf(answer), path);
  const [trace] = traces.exec(text) ?? [];
  if (trace !== undefined) return { what: 'stack-trace', excerpt: trace.slice(0, excerptLength) };
  const [place] = paths.exec(text) ?? [];
  return place === undefined ? undefined : { what: 'file-path', excerpt: place.slice(0, excerptLength) };
}

/** Bad signatures that are refused with one status have to be refused in one way. */
function reasonIn(answers: readonly AnsweredExchange[]): Leak | undefined {
  const refusals = answers.filter(({ group, delivery }) => group === 'refuses' && delivery.method === 'POST');
  const telling = groupsOfAnswers(refusals).find(bodies => bodies.size > 1);
  const [, other] = [...(telling?.values() ?? [])];
  return other && { id: other.id, what: 'reason' };
}
