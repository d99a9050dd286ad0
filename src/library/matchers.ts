import { oneLine } from '../text/visible.js';
import type { ConformanceReport } from './check.js';
import { createMismatch, matchWords, type RequestMatch } from './receiver/match.js';
import type { WebhookRequest } from './receiver/request.js';
import { refusalLines } from './receiver/story.js';
import { failureLines, type VerificationResult } from './verify.js';
import { causeOf } from '../conformance/causes/cause.js';
import { totalsWords } from '../conformance/totals.js';
import { UsageError } from '../errors.js';

/** The result of a matcher, in the form of vitest and jest. */
export interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/** The matchers, as assertions have them. `Result` is what an assertion returns. */
export interface WebhookMatchers<Result = void> {
  /** A request of a receiver, or a result of `verify`, has a valid signature. */
  toBeVerified: () => Result;
  /** A receiver has received a matching, accepted request; `times` is the expected number. */
  toHaveReceived: (match?: RequestMatch, options?: { times?: number }) => Result;
  /** According to a report of `checkReceiver`, the receiver conforms. */
  toConform: () => Result;
}

/** For `expect.extend`. With vitest, `import 'webhook-cli/vitest'` does that, and declares the types. */
export const matchers = {
  toBeVerified(received: unknown): MatcherResult {
    const { verification, lines } = verificationIn(received);
    return {
      pass: verification?.valid === true,
      message: () =>
        verification?.valid === true
          ? 'the request is verified, and should not be'
          : ['the request is not verified', ...lines].join('\n  '),
    };
  },

  toHaveReceived(received: unknown, match?: RequestMatch, { times }: { times?: number } = {}): MatcherResult {
    const requests = requestsOf(received);
    const mismatch = createMismatch(match);
    const results = requests.map(request => ({ request, words: wordsAbout(request, mismatch) }));
    const count = results.filter(({ words }) => words === undefined).length;
    const expected = times === undefined ? 'at least once' : `${times} times`;
    return {
      pass: times === undefined ? count > 0 : count === times,
      message: () =>
        [
          `${matchWords(match)}: came ${count} times in ${requests.length} requests; expected: ${expected}`,
          ...results.slice(-10).map(({ request, words = 'it matches' }) => `#${request.seq} ${words}`),
        ].join('\n  '),
    };
  },

  toConform(received: unknown): MatcherResult {
    const report = reportOf(received);
    const failures = report.cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'advice');
    return {
      pass: report.isConformant,
      message: () =>
        report.isConformant
          ? 'the receiver conforms, and should not'
          : [
              `the receiver does not conform: ${totalsWords(report)}`,
              ...report.causes.map(({ words, fix }) => `cause: ${words}; fix: ${fix}`),
              ...failures.map(({ id, outcome, sent, remedy = '' }) => {
                const fix = causeOf(id, report.causes) ? '' : `; fix: ${remedy}`;
                return `${id} (${outcome}): ${sent}${fix}`;
              }),
            ].join('\n  '),
    };
  },
};

function verificationIn(received: unknown): { verification: VerificationResult | undefined; lines: string[] } {
  const given = Object(received) as Partial<WebhookRequest & VerificationResult>;
  if (typeof given.valid === 'boolean') {
    const verification = given as VerificationResult;
    return { verification, lines: verification.valid ? [] : failureLines(verification, []) };
  }
  if (typeof given.seq !== 'number')
    throw wrongSubject('toBeVerified', 'a request that a receiver got, or a result of verify');
  const request = given as WebhookRequest;
  return { verification: request.verification, lines: refusalLines(request) };
}

function wordsAbout(request: WebhookRequest, mismatch: ReturnType<typeof createMismatch>): string | undefined {
  if (!request.isAccepted) return oneLine(refusalLines(request).join('; '));
  const words = mismatch(request);
  if (typeof words === 'object')
    throw new UsageError('toHaveReceived takes no asynchronous match', { hint: 'await receiver.waitFor(…)' });
  return words;
}

function requestsOf(received: unknown): readonly WebhookRequest[] {
  const { requests } = Object(received) as { requests?: unknown };
  if (Array.isArray(requests)) return requests as WebhookRequest[];
  throw wrongSubject('toHaveReceived', 'a receiver');
}

function reportOf(received: unknown): ConformanceReport {
  const report = Object(received) as Partial<ConformanceReport>;
  if (typeof report.isConformant === 'boolean' && Array.isArray(report.cases)) return report as ConformanceReport;
  throw wrongSubject('toConform', 'a report of checkReceiver');
}

const wrongSubject = (matcher: string, what: string): UsageError =>
  new UsageError(`${matcher} takes ${what}`, { hint: 'did you forget await?' });
