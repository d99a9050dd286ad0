import type { FailureReason } from '../sender/failure.js';
import type { Leak } from './case.js';
import type { Blindness, StateChange } from './effects/state.js';
import type { Got } from './result.js';
import type { CaseReport } from './suite-report.js';

/** Says what was sent, in a clause. */
export const sentWords = ({ sent, delivery }: CaseReport): string =>
  delivery === undefined ? sent : `${sent} (here: ${delivery})`;

/** Says what came back, and what was expected. It quotes the answer: make the result safe before showing it. */
export function gotWords({ got, expected }: Pick<CaseReport, 'got' | 'expected'>): string {
  if (!got) return 'any answer passes';
  const wanted = expected === undefined ? '' : `; expected ${expectedWords(expected)}`;
  if (got.kind === 'state') return stateWords(got);
  return `${got.kind === 'leak' ? leakWords(got.leak) : answerWords(got)}${wanted}`;
}

/** Says what the probe showed, and what it should have shown. */
function stateWords({ wanted, before, after, once }: StateChange): string {
  const changed =
    before === after ? `the state stayed ${quoted(before)}` : `the state went ${fromTo({ before, after })}`;
  if (wanted === 'none') return `${changed}; expected no change`;
  return once ? `${changed}; one delivery takes it ${fromTo(once)}` : `${changed}; expected a change`;
}

const fromTo = ({ before, after }: { before: string; after: string }): string =>
  `from ${quoted(before)} to ${quoted(after)}`;

const quoted = (text: string): string => (text === '' ? 'nothing' : `"${text}"`);

/** Says why the cases that look at the state weren't run. */
export const blindnessWords: Record<Blindness, string> = {
  'blind-probe': "the probe doesn't see this receiver",
  'varying-probe': 'the probe shows other changes each time',
};

const expectedWords = (text: string): string => text.replace(/,([^,]*)$/, ' or $1').replaceAll(',', ', ');

function answerWords(got: Exclude<Got, { kind: 'leak' | 'state' }>): string {
  switch (got.kind) {
    case 'status':
      return `${got.status} ${got.statusText.slice(0, 40)}`.trimEnd();
    case 'failure':
      return `no answer: ${failures[got.reason]}`;
    case 'time':
      return `a median of ${got.milliseconds} ms`;
  }
}

const failures: Record<FailureReason, string> = {
  refused: 'the receiver no longer accepts connections',
  reset: 'the connection was closed',
  unreachable: 'the receiver is no longer reachable',
  'unknown-host': 'its host name is no longer known',
  'dns-unavailable': 'no name server is reachable any more',
  tls: 'no secure connection was established',
  'not-http': 'the reply was not HTTP',
  timeout: 'it took too long',
  proxy: 'the proxy made no connection',
  'local-error': "this machine couldn't connect",
};

const leakWords = ({ id, what, excerpt }: Leak): string =>
  `the answer to "${id}" ${leaks[what]}${excerpt === undefined ? '' : `: ${excerpt}`}`;

const leaks: Record<Leak['what'], string> = {
  secret: 'contains the secret',
  signature: 'contains the signature that would have been right',
  'stack-trace': 'contains a stack trace',
  'file-path': 'contains a file path',
  reason: 'differs from the answer to another bad signature',
};
