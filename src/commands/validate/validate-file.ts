import { CommandError, InputError } from '../../errors.js';
import { watchVersions, type VersionWatch } from '../../event/customer-status/versions.js';
import { summarise } from '../../event/summary.js';
import type { Context } from '../command.js';
import { bodiesIn, type Lines } from './bodies.js';
import type { BodyFormat } from './formats.js';
import type { BodyEntry, SecondLook } from './prescan.js';
import { judgeBody, type Judgement } from './judge.js';
import type { LocatedBody } from './problem-reports.js';
import type { FileReport } from './reports.js';
import type { Telling } from './telling.js';

export interface Manner {
  /** What each event has to be; as it says, if it isn't given. */
  type: string | undefined;
  format: BodyFormat | undefined;
  isStrict: boolean;
  isExcerptShown: boolean;
}

type Surroundings = Pick<Context, 'environment' | 'signal' | 'warn' | 'fail'> & Pick<Telling, 'tell' | 'failFile'>;

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
    await takeBodies({ ...surroundings, manner, tally, watch });
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

async function takeBodies(validating: Validating): Promise<void> {
  const { tally, manner, signal } = validating;
  for await (const found of bodiesIn(tally.file, manner, validating)) {
    if ('prescans' in found) await takeLines(found, validating);
    else await takeBody({ kind: 'body', body: found }, { line: 1 }, validating);
    if (signal.aborted) return;
  }
}

async function takeLines({ number, prescans, ...how }: Lines, validating: Validating): Promise<void> {
  let line = number - 1;
  for (const prescan of prescans) {
    line += 1;
    if (prescan === 'good') countGood(validating);
    else if (prescan !== 'nothing') await lookAgain(prescan, { ...how, number: line }, validating);
    if (validating.signal.aborted) return;
  }
}

function countGood({ tally }: Validating): void {
  tally.bodies += 1;
  tally.valid += 1;
  tally.event = undefined;
}

async function lookAgain(
  { line, mention }: SecondLook,
  { format, entryOn, number }: Omit<Lines, 'prescans'>,
  validating: Validating,
): Promise<void> {
  const { tally, watch } = validating;
  if (tally.bodies > 0 && mention && !watch.problemWith(mention)) {
    countGood(validating);
    return;
  }
  const entry = entryOn(Buffer.from(line, 'latin1'));
  if (entry?.kind === 'body') {
    const place = format === 'recording' ? { line: 1, index: tally.bodies + 1 } : { line: number };
    await takeBody(entry, place, validating);
  } else if (entry) takeDamage(entry, validating);
}

type Place = Omit<LocatedBody, 'body'>;

async function takeBody(entry: BodyEntry & { kind: 'body' }, place: Place, validating: Validating): Promise<void> {
  const { tally, manner, watch } = validating;
  // Who sends names of both versions means to.
  const judgement = judgeBody(entry.body, manner.type, entry.wasSent ? undefined : watch);
  tally.bodies += 1;
  // A file of one event is told by what that is.
  tally.event = tally.bodies === 1 ? summarise(judgement.inspection.json) : undefined;
  if (judgement.isSuspicious) await takeProblems({ ...entry, ...place }, judgement, validating);
  else tally.valid += 1;
}

async function takeProblems(
  body: LocatedBody,
  judgement: Judgement,
  { tally, manner, tell }: Validating,
): Promise<void> {
  const { problemReports } = await import('./problem-reports.js');
  const reports = problemReports(body, judgement, { file: tally.file, ...manner });
  const errors = reports.filter(({ level }) => level === 'error').length;
  tally.errors += errors;
  tally.warnings += reports.length - errors;
  tally.omitted += judgement.inspection.omitted;
  if (!judgement.isJudgeable) tally.unjudgeable += 1;
  else if (errors === 0) tally.valid += 1;
  for (const report of reports) await tell(report, false);
}

function takeDamage(entry: Exclude<BodyEntry, { kind: 'body' }>, { tally, warn }: Validating): void {
  const place = tally.bodies === 0 ? 'before the first request' : `after request ${tally.bodies}`;
  if (entry.kind === 'corrupt') tally.unjudgeable += 1;
  const words = entry.kind === 'torn' ? 'was never finished' : `is corrupt: ${entry.reason}`;
  warn(`${tally.file}: a record ${place} ${words}`);
}
