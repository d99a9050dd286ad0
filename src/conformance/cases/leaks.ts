import type { AnsweredExchange, Leak, ObservationCase } from '../case.js';
import { groupsOfAnswers, textOf, withoutPath } from '../answers.js';
import { valuesOf, type Header } from '../../http/header.js';
import { headerNamesOf } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import { secretMaterial } from '../../scheme/secret.js';
import type { Kit, Stamp } from '../kit.js';

/** Content that no response may have. */
export const leaks: readonly ObservationCase[] = [
  {
    id: 'leak-secret',
    group: 'leaks',
    level: 'required',
    why: 'anyone who knows the secret can sign anything',
    sends: 'no extra requests; all responses are searched for the secret, as text, hex and base64',
    remedy: 'keep the secret, the environment and the configuration out of responses, and rotate the secret',
    observe: (answers, kit) => firstLeak(answers, answer => secretIn(answer, kit)),
  },
  {
    id: 'leak-signature',
    group: 'leaks',
    level: 'required',
    why: 'a response that contains the expected signature lets anyone sign anything',
    sends: 'no extra requests; all responses are searched for a valid signature that the request did not contain',
    remedy: 'never put the computed signature in a response, not even for debugging',
    observe: (answers, kit) => firstLeak(answers, answer => signatureIn(answer, kit)),
  },
  {
    id: 'leak-internals',
    group: 'leaks',
    level: 'required',
    why: 'stack traces and file paths show an attacker which libraries the receiver uses',
    sends: 'no extra requests; all responses are searched for stack traces and file paths',
    remedy: 'respond to errors with a fixed text, turn off debug pages, and log the details',
    observe: (answers, kit) => firstLeak(answers, answer => internalsIn(answer, kit)),
  },
  {
    id: 'leak-reason',
    group: 'leaks',
    level: 'advised',
    why: 'a response that explains why a signature was refused helps an attacker forge a better one',
    sends: 'no extra requests; the responses to all bad signatures are compared',
    remedy: 'respond to every bad signature with the same 401 and the same body, and log the reason',
    observe: reasonIn,
  },
];

type LeakedFact = Omit<Leak, 'id'>;

function firstLeak(
  answers: readonly AnsweredExchange[],
  find: (answer: AnsweredExchange) => LeakedFact | undefined,
): Leak | undefined {
  for (const answer of answers) {
    const found = find(answer);
    if (found) return { id: answer.id, ...found };
  }
  return undefined;
}

/** A shorter secret could occur in any response by chance. */
const leastSecret = 8;

function secretIn(answer: AnsweredExchange, { secret }: Kit): LeakedFact | undefined {
  const text = textOf(answer);
  const isFound = secretMaterial(secret)
    .filter(bytes => bytes.length >= leastSecret)
    .some(bytes => text.includes(bytes.toString('latin1')) || names(text, bytes));
  return isFound ? { what: 'secret' } : undefined;
}

/** A response may echo the sender's own signature. */
function signatureIn(answer: AnsweredExchange, { scheme, secret, signature }: Kit): LeakedFact | undefined {
  const { delivery } = answer;
  const sent = delivery.headers.map(([, value]) => value);
  const text = textOf(answer);
  const stamp = stampOf(delivery.headers, scheme);
  const algorithms = secret.key.type === 'secret' ? scheme.algorithms.filter(name => name !== 'ed25519') : ['ed25519'];
  const isFound = algorithms
    .map(algorithm => Buffer.from(signature(delivery, stamp, { algorithm }), scheme.encoding))
    .filter(digest => !sent.some(value => names(value, digest)))
    .some(digest => names(text, digest));
  return isFound ? { what: 'signature' } : undefined;
}

/** The values a receiver would sign besides the message. */
function stampOf(headers: readonly Header[], { definition, form }: Scheme): Stamp {
  const named = headerNamesOf(definition);
  const valueOf = (name: string | undefined) => (name === undefined ? '' : (valuesOf(name, headers)[0] ?? ''));
  const { timestamp } = form.read(valueOf(named.signature));
  return { id: valueOf(named.id), timestamp: named.timestamp === undefined ? timestamp : valueOf(named.timestamp) };
}

const names = (text: string, bytes: Buffer): boolean =>
  text.toLowerCase().includes(bytes.toString('hex')) ||
  text.includes(bytes.toString('base64').replace(/=+$/, '')) ||
  text.includes(bytes.toString('base64url'));

const traces =
  /\bat (?:async |new )?[\w$.<>[\] ]+ ?\([^)]*:\d+:\d+\)|Traceback \(most recent call last\)|\bgoroutine \d+ \[|\bat [\w$.]+\([\w$]+\.(?:java|kt):\d+\)|\bpanicked at |\.cs:line \d+/;

const paths =
  /(?<![\w.:-])\/(?:home|Users|usr|var|opt|srv|root|tmp|etc)\/[\w.@/-]+|\b[A-Z]:\\[\w.\\-]+|\b(?:node_modules|site-packages)\/[\w.@/-]*|[\w./@-]+\.(?:[cm]?[jt]s|py|rb|go|java|kt|php|cs|rs|exs?):\d+/;

/** Long enough to recognise. */
const excerptLength = 80;

function internalsIn(answer: AnsweredExchange, { target }: Kit): LeakedFact | undefined {
  const text = withoutPath(textOf(answer), target.url.pathname);
  const [trace] = traces.exec(text) ?? [];
  if (trace !== undefined) return { what: 'stack-trace', excerpt: trace.slice(0, excerptLength) };
  const [place] = paths.exec(text) ?? [];
  return place === undefined ? undefined : { what: 'file-path', excerpt: place.slice(0, excerptLength) };
}

/** Refusals of bad signatures must be identical if they have the same status. */
function reasonIn(answers: readonly AnsweredExchange[]): Leak | undefined {
  const refusals = answers.filter(({ group, delivery }) => group === 'refuses' && delivery.method === 'POST');
  const differing = groupsOfAnswers(refusals).find(bodies => bodies.size > 1);
  const [, other] = [...(differing?.values() ?? [])];
  return other && { id: other.id, what: 'reason' };
}
