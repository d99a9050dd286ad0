import type { Blindness } from './effects/state.js';
import type { SuiteSummary } from './suite-report.js';

/** The counts of a run. The library's report has no more. */
type Counts = Pick<SuiteSummary, 'ended' | 'passed' | 'failed' | 'advice' | 'notRun'> &
  Partial<Pick<SuiteSummary, 'skipped' | 'skippedBy' | 'known' | 'because'>>;

/** Sums up a run in one line. */
export function totalsWords(report: Counts): string {
  const { passed, failed, advice, notRun, skipped = [], skippedBy = '', known = [] } = report;
  const others = [
    { count: failed, words: 'failed' },
    { count: advice, words: advice === 1 ? 'warning' : 'warnings' },
    { count: known.length, words: 'known' },
    { count: skipped.length, words: `skipped by ${skippedBy}` },
    { count: notRun, words: `not run: ${notRunWords(report)}` },
  ].filter(({ count }) => count > 0);
  return [`${passed} passed`, ...others.map(({ count, words }) => `${count} ${words}`)].join(', ');
}

/** Says why some cases weren't run. */
export const notRunWords = ({
  ended,
  because,
}: Pick<SuiteSummary, 'ended'> & { because?: Blindness | undefined }): string =>
  because ? blindnessWords[because] : endWords[ended];

const endWords: Record<SuiteSummary['ended'], string> = {
  complete: 'there was no response to search',
  gone: "the receiver can't be reached",
  refusing: 'they would fail for the same reason',
  stopped: 'the run was stopped',
  'probe-failed': 'the probe failed',
  'restart-failed': "the application wasn't restarted",
};

/** Says why the cases that compare the state weren't run. */
export const blindnessWords: Record<Blindness, string> = {
  'blind-probe': "the probe doesn't see this receiver",
  'varying-probe': 'the probe shows different changes each time',
};
