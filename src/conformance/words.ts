import type { FailureReason } from '../sender/failure.js';
import type { Group, Leak } from './case.js';
import type { AnswerPart } from './delivery.js';
import type { StateChange } from './effects/state.js';
import type { Feature } from './features.js';
import type { Got } from './result.js';
import type { CaseReport } from './suite-report.js';

/** Returns a clause about the delivery. */
export const sentWords = ({ sent, delivery }: CaseReport): string =>
  delivery === undefined ? sent : `${sent} (here: ${delivery})`;

/** Describes the actual and expected responses. Quotes the response: make the result safe before showing it. */
export function gotWords({ got, expected }: Pick<CaseReport, 'got' | 'expected'>): string {
  if (!got) return 'any response passes';
  const wanted = expected === undefined ? '' : `; expected ${expectedWords(expected)}`;
  if (got.kind === 'state') return stateWords(got);
  return `${got.kind === 'leak' ? leakWords(got.leak) : answerWords(got)}${wanted}`;
}

/** Describes the actual and expected changes of the state. */
function stateWords({ wanted, before, after, once }: StateChange): string {
  const changed =
    before === after ? `the state stayed ${quoted(before)}` : `the state changed ${fromTo({ before, after })}`;
  if (wanted === 'none') return `${changed}; expected no change`;
  return once ? `${changed}; one delivery takes it ${fromTo(once)}` : `${changed}; expected a change`;
}

const fromTo = ({ before, after }: { before: string; after: string }): string =>
  `from ${quoted(before)} to ${quoted(after)}`;

const quoted = (text: string): string => (text === '' ? 'nothing' : `"${text}"`);

/** Headings of the groups. */
export const groupWords: Record<Group, string> = {
  accepts: 'Accepts valid deliveries',
  refuses: 'Refuses forged deliveries',
  survives: 'Survives bad input',
  leaks: 'Leaks nothing',
  effects: 'Does its work once',
};

/** The needs of a case, as nouns. */
export const featureWords: Record<Feature, string> = {
  events: "Fin's events as bodies",
  object: 'a body that is a JSON object',
  hex: 'a scheme with signatures in hexadecimal',
  bare: 'a scheme with nothing around the signature',
  single: 'a scheme with one signature in its header',
  list: 'a scheme with a list of signatures',
  'algorithm-header': 'a scheme with a header that names the algorithm',
  'no-sha1': 'a scheme without SHA-1',
  timestamp: 'a scheme with a timestamp',
  past: 'a scheme that limits the age of a timestamp',
  future: 'a scheme that limits how far in the future a timestamp may be',
  tolerance: 'a scheme that limits timestamps',
  unit: 'a scheme whose limits reveal a wrong unit of time',
  'signed-timestamp': 'a scheme that signs its timestamp',
  id: 'a delivery with its own id',
  'signed-id': 'a scheme that signs the id of a delivery',
  'signed-parts': 'a scheme that signs a timestamp or an id',
  handshake: 'a scheme with a handshake',
};

const expectedWords = (text: string): string => text.replace(/,([^,]*)$/, ' or $1').replaceAll(',', ', ');

function answerWords(got: Exclude<Got, { kind: 'leak' | 'state' }>): string {
  switch (got.kind) {
    case 'status':
      return statusWords(got);
    case 'text':
      return `${statusWords(got)} without ${missingWords[got.missing]}`;
    case 'failure':
      return `no response: ${failures[got.reason]}`;
    case 'time':
      return `a median of ${got.milliseconds} ms`;
  }
}

const statusWords = ({ status, statusText }: { status: number; statusText: string }): string =>
  `${status} ${statusText.slice(0, 40)}`.trimEnd();

const missingWords: Record<AnswerPart['is'], string> = {
  challenge: 'the challenge in its body',
  hmac: 'the HMAC of the challenge in its body',
};

const failures: Record<FailureReason, string> = {
  refused: 'the receiver no longer accepts connections',
  reset: 'the connection was closed',
  unreachable: 'the receiver is no longer reachable',
  'unknown-host': 'its host name is no longer known',
  'dns-unavailable': 'no name server is reachable',
  tls: 'no secure connection was established',
  'not-http': 'the response was not HTTP',
  timeout: 'it took too long',
  proxy: "the proxy didn't connect",
  'local-error': "this machine couldn't connect",
};

const leakWords = ({ id, what, excerpt }: Leak): string =>
  `the response to "${id}" ${leaks[what]}${excerpt === undefined ? '' : `: ${excerpt}`}`;

const leaks: Record<Leak['what'], string> = {
  secret: 'contains the secret',
  signature: 'contains the valid signature',
  'stack-trace': 'contains a stack trace',
  'file-path': 'contains a file path',
  reason: 'differs from the response to another bad signature',
};
