import { CommandError, InputError } from '../../errors.js';
import { watchVersions, type VersionWatch } from '../../event/customer-status/versions.js';
import { summarise } from '../../event/summary.js';
import type { Context } from '../command.js';
import { bodiesIn, type BodyEntry } from './bodies.js';
import type { BodyFormat } from './formats.js';
import { judgeBody, type Judgement } from './judge.js';
import type { FileReport } from './reports.js';
import type { Telling } from './telling.js';

export interface Manner {
  /** What each event has to be; as it says, if it isn't given. */
  type: string | undefined;
  format: BodyFormat | undefined;
  isStrict: boolean;
  isExcerptShown: boolean;
}

type Surroundings = Pick<Context, 'cwd' | 'openStdin' | 'signal' | 'warn' | 'fail'> &
  Pick<Telling, 'tell' | 'failFile'>;

/** A file being judged. */
interface Validating extends Surroundings {
  manner: Manner;
  tally: FileReport;
  watch: VersionWatch;
}

/** The numbers of a file. */
export const counted = ['bodies', 'valid', 'errors', 'warnings', 'omitted', 'unjudgeable'] as const;

type Numbers = Pick<FileReport, (typeof counted)[number]>;

export const nothingYet: Numbers = { bodies: 0, valid: 0, errors: 0, warnings: 0, omitted: 0, unjudgeable: 0 };

export const isGood = ({ errors, unjudgeable, bodies }: Numbers): boolean => errors + unjudgeable === 0 && bodies > 0;

/** One bad file doesn't keep the others from being judged. */
export async function validateFile(file: string, manner: Manner, surroundings: Surroundings): Promise<Numbers> {
  const tally: FileReport = { type: 'file', file, ...nothingYet };
  const watch = watchVersions();
  try {
    await takeEntries({ ...surroundings, manner, tally, watch });
    if (tally.bodies + tally.unjudgeable === 0) throw new InputError(`${file}: there is no body in it`);
    if (watch.isFull()) surroundings.warn(`${file}: ${tooManyCustomers}`);
    await surroundings.tell(tally, isGood(tally));
    if (tally.unjudgeable > 0) surroundings.fail(unjudgeable(tally));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // A file that can't be read counts as one thing that can't be judged.
    tally.unjudgeable ||= 1;
    surroundings.failFile(file, error);
  }
  return tally;
}

const unjudgeable = ({ file, unjudgeable: count, bodies }: FileReport): InputError =>
  new InputError(
    `${file}: ${bodies === 1 ? 'its body' : `${count} ${count === 1 ? 'body' : 'bodies'}`} can't be judged`,
  );

const tooManyCustomers =
  'it has more than 100,000 customers, so that names of V1 and V2 were looked for together among the first ones alone';

async function takeEntries(validating: Validating): Promise<void> {
  const { tally, manner, signal } = validating;
  for await (const entries of bodiesIn(tally.file, manner.format, validating)) {
    for (const entry of entries) {
      // Nothing is waited for where nothing is to be said: most bodies are good, and there may be millions.
      const saying = entry.kind === 'body' ? takeBody(entry, validating) : takeDamage(entry, validating);
      if (saying) await saying;
      if (signal.aborted) return;
    }
  }
}

function takeBody(entry: BodyEntry & { kind: 'body' }, validating: Validating): Promise<void> | undefined {
  const { tally, manner, watch } = validating;
  // Who sends names of both versions means to.
  const judgement = judgeBody(entry.body, manner.type, entry.wasSent ? undefined : watch);
  tally.bodies += 1;
  // A file of one event is told by what that is.
  tally.event = tally.bodies === 1 ? summarise(judgement.inspection.json) : undefined;
  if (judgement.isSuspicious) return takeProblems(entry, judgement, validating);
  tally.valid += 1;
  return undefined;
}

async function takeProblems(
  entry: BodyEntry & { kind: 'body' },
  judgement: Judgement,
  { tally, manner, tell }: Validating,
): Promise<void> {
  const { problemReports } = await import('./problem-reports.js');
  const reports = problemReports(entry, judgement, { file: tally.file, ...manner });
  const errors = reports.filter(({ level }) => level === 'error').length;
  tally.errors += errors;
  tally.warnings += reports.length - errors;
  tally.omitted += judgement.inspection.omitted;
  if (!judgement.isJudgeable) tally.unjudgeable += 1;
  else if (errors === 0) tally.valid += 1;
  for (const report of reports) await tell(report, false);
}

function takeDamage(
  entry: Exclude<BodyEntry, { kind: 'body' }>,
  { tally, warn }: Validating,
): Promise<void> | undefined {
  const place = tally.bodies === 0 ? 'before the first request' : `after request ${tally.bodies}`;
  if (entry.kind === 'corrupt') tally.unjudgeable += 1;
  const words = entry.kind === 'torn' ? 'was never finished' : `is corrupt: ${entry.reason}`;
  warn(`${tally.file}: a record ${place} ${words}`);
  return undefined;
}
