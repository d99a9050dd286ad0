import { UnknownNameError, UsageError } from '../errors.js';
import { isLoopback } from '../http/target.js';
import type { HashName } from '../scheme/definition.js';
import { signingWith } from '../scheme/signing.js';
import type { Cause } from '../conformance/causes/cause.js';
import type { Selection } from '../conformance/run-cases.js';
import type { SuiteOptions } from '../conformance/run-suite.js';
import type { CaseReport } from '../conformance/suite-report.js';
import { nearestName } from '../text/nearest.js';
import { systemClock } from './clock.js';
import { headersToSend, type HeadersLike } from './headers.js';
import { longestTimer, numberIn, schemeChecks, schemeOf, secretsOf, type SchemeOptions } from './options.js';
import { anything, bytes, checkOptions, date, flag, signal, texts, wholeNumber, type Checks } from './shape.js';
import { targetUrl } from './target.js';
import { version } from './version.js';

export interface CheckOptions extends SchemeOptions {
  /** The algorithm of the HMAC, if the scheme allows several. Default: the scheme's first. */
  algorithm?: HashName | undefined;
  /** Your own headers, for every delivery. */
  headers?: HeadersLike | undefined;
  /** Replaces generated events and samples. Default: those of the scheme. */
  body?: Uint8Array | undefined;
  /** Ids of cases and groups to run. Default: all that need only the receiver. */
  only?: readonly string[] | undefined;
  /** Ids of cases and groups to skip. */
  skip?: readonly string[] | undefined;
  /** Whether unfollowed advice fails the run, too. Default: false. */
  strict?: boolean | undefined;
  /** A whole number. The same seed and time make the same events. Default: a random one. */
  seed?: number | undefined;
  /** Default: now. */
  now?: Date | undefined;
  /** Milliseconds for each delivery. Default: 10,000. */
  timeout?: number | undefined;
  /** Milliseconds: the recommended maximum for the median response time. Default: 5000. */
  maxTime?: number | undefined;
  /** Milliseconds to wait until the receiver responds. Default: no wait. */
  wait?: number | undefined;
  /** Whether to allow a remote receiver, which gets forged and broken requests. Default: false. */
  allowRemote?: boolean | undefined;
  /** Ends the run after finishing deliveries in flight. */
  signal?: AbortSignal | undefined;
}

/** The result of one case, with the fields of the reports of `webhook-cli check`. */
export type CheckedCase = Omit<CaseReport, 'type' | 'isFirst' | 'isKnown' | 'because'>;

/** The result of a run. */
export interface ConformanceReport {
  /** Whether the run is complete and every required case passed, and in a strict run every advised one, too. */
  isConformant: boolean;
  /**
   * Why the run ended. `stopped`: by the signal. `refusing`: the receiver refuses even a valid delivery. `gone`: it can't
   * be reached. Anything but `complete` leaves cases out.
   */
  ended: 'complete' | 'stopped' | 'refusing' | 'gone';
  /** In the order they ran. */
  cases: CheckedCase[];
  /** The causes of cases that failed or went against advice, the most general first. */
  causes: Cause[];
  passed: number;
  failed: number;
  /** The number of cases that went against advice. */
  advice: number;
  notRun: number;
  /** Repeats this run's events. */
  seed: number;
}

/**
 * Checks that a receiver accepts, refuses and survives what it must, with the cases of `webhook-cli check`. The receiver's mistakes
 * are in the report. Rejects with UsageError for invalid options, and for a remote receiver without `allowRemote`.
 */
export async function checkReceiver(url: string | URL, options: CheckOptions): Promise<ConformanceReport> {
  checkOptions(options, checkChecks);
  const suite = suiteOptions(targetUrl(url), options);
  const [{ runSuite }, { summaryOf }, { selectCases, names }, { traitsOf }, { featureWords }] = await Promise.all([
    import('../conformance/run-suite.js'),
    import('../conformance/suite-report.js'),
    import('../conformance/select.js'),
    import('../conformance/features.js'),
    import('../conformance/words.js'),
  ]);
  const { scheme } = suite.signing;
  const selected = selectCases(options, { has: [], traits: traitsOf(scheme, suite.body) });
  if ('unknown' in selected)
    throw unknownCase(selected.unknown, names.map(({ name }) => name)); // prettier-ignore
  if ('lacks' in selected)
    throw new UsageError(`"${selected.name}" needs ${featureWords[selected.lacks]}`, {
      hint: 'it is for another scheme or another body',
    });
  if ('needs' in selected)
    throw new UsageError(`"${selected.name}" needs a ${selected.needs}, which only the command has`);
  if (selected.cases.length === 0)
    throw new UsageError('no case is left to run', {
      hint: 'options.skip excludes everything options.only selects',
    });
  const { reports, ending, causes } = await runSuite({ ...suite, selection: selected }, silent);
  const { seed } = suite;
  // Without a probe and a restart, nothing else ends a run.
  const ended = ending.kind as ConformanceReport['ended'];
  const summary = summaryOf(reports, { ended, causes, seed, scheme, isStrict: options.strict ?? false });
  const { isConformant, passed, failed, advice, notRun } = summary;
  return {
    isConformant,
    ended,
    cases: reports.map(published),
    causes,
    passed,
    failed,
    advice,
    notRun,
    seed,
  };
}

const checkChecks: Checks<CheckOptions> = {
  ...schemeChecks,
  algorithm: anything,
  headers: anything,
  body: bytes,
  only: texts,
  skip: texts,
  strict: flag,
  seed: wholeNumber,
  now: date,
  timeout: anything,
  maxTime: anything,
  wait: anything,
  allowRemote: flag,
  signal,
};

const silent = { onBegin: () => undefined, onReport: () => Promise.resolve() };

function unknownCase(given: string, known: readonly string[]): UnknownNameError {
  const nearest = nearestName(given, known);
  const hint = nearest === undefined ? 'docs/conformance.md lists the cases' : `did you mean ${nearest}?`;
  return new UnknownNameError('case', given, { known, hint });
}

/** Drops fields that only affect the command's output. */
function published(report: CaseReport): CheckedCase {
  const shown: CheckedCase & Partial<CaseReport> = { ...report };
  delete shown.type;
  delete shown.isFirst;
  delete shown.isKnown;
  delete shown.because;
  return shown;
}

function suiteOptions(url: URL, options: CheckOptions): Omit<SuiteOptions, 'selection'> & { selection?: Selection } {
  if (!isLoopback(url.hostname) && options.allowRemote !== true)
    throw new UsageError(`${url.host} is a remote receiver, and would get forged and broken requests`, {
      hint: 'if it is yours, pass allowRemote: true',
    });
  const scheme = schemeOf(options);
  const [secret] = secretsOf(options, scheme);
  return {
    target: { url, headers: headersToSend(options.headers, scheme), version },
    signing: { scheme, ...signingWith(secret, options.algorithm, scheme) },
    seed: options.seed ?? Buffer.from(systemClock.randomBytes(4)).readUInt32BE(),
    body: options.body,
    now: options.now ?? systemClock.now(),
    clock: systemClock,
    timeout: numberIn('timeout', options.timeout, { usual: 10_000, least: 1, most: longestTimer }),
    maxTime: numberIn('maxTime', options.maxTime, { usual: 5000 }),
    wait: options.wait === undefined ? undefined : numberIn('wait', options.wait, { usual: 0, most: longestTimer }),
    connecting: {},
    signal: options.signal ?? new AbortController().signal,
  };
}
