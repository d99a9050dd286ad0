import type { Leak } from '../../conformance/case.js';
import type { Got } from '../../conformance/judge.js';
import type { FailureReason } from '../../sender/failure.js';
import type { CaseReport } from './reports.js';

/** What was sent, in a clause. */
export const sentWords = ({ sent, delivery }: CaseReport): string =>
  delivery === undefined ? sent : `${sent} (this one: ${delivery})`;

/** What came back, and what should have. As received: make the result safe before showing it. */
export function gotWords({ got, expected }: Pick<CaseReport, 'got' | 'expected'>): string {
  if (!got) return 'nothing was asked of it';
  const wanted = expected === undefined ? '' : `; expected ${expectedWords(expected)}`;
  return `${got.kind === 'leak' ? leakWords(got.leak) : answerWords(got)}${wanted}`;
}

const expectedWords = (text: string): string => text.replaceAll(',', ' or ');

function answerWords(got: Exclude<Got, { kind: 'leak' }>): string {
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
  refused: 'nothing accepts connections any more',
  reset: 'the connection was closed',
  unreachable: 'the receiver could not be reached any more',
  'unknown-host': 'its name was not found any more',
  'dns-unavailable': 'no name server could be asked any more',
  tls: 'no secure connection came about',
  'not-http': 'what came was not HTTP',
  timeout: 'it took too long',
};

const leakWords = ({ id, what, excerpt }: Leak): string =>
  `the answer to "${id}" ${leaks[what]}${excerpt === undefined ? '' : `: ${excerpt}`}`;

const leaks: Record<Leak['what'], string> = {
  secret: 'has the secret in it',
  signature: 'has the signature in it that would have been right',
  'stack-trace': 'has a stack trace in it',
  'file-path': 'has a file path in it',
  reason: 'differs from that to another bad signature',
};
