import { CommandError, InputError } from '../../errors.js';
import { watchVersions, type VersionWatch } from '../../event/customer-status/versions.js';
import type { BodyVerdict } from '../../event/judge-body.js';
import type { Ports } from '../../contract/command.js';
import type { InputFormat } from '../payload/formats.js';
import { bodiesIn, linesOf, type Lines } from './bodies.js';
import type { Judge, Rules } from './judge.js';
import type { BodyEntry, SecondLook } from './prescan.js';
import type { ProblemReporter } from './problem-reporter.js';
import type { BodyPosition, LocatedBody } from './problem-reports.js';
import type { FileReport } from './reports.js';

/** Options for every file. */
export interface Validation {
  rules: Rules;
  format: InputFormat | undefined;
  isStrict: boolean;
  isExcerptShown: boolean;
  judge: Judge;
  reporter: ProblemReporter;
}

type ValidationPorts = Pick<Ports, 'environment' | 'reporting'>;

/** A file that is being validated. */
interface Validating {
  validation: Validation;
  ports: ValidationPorts;
  tally: FileReport;
  watch: VersionWatch;
  /** The encoding of its bodies, if not UTF-8. */
  forms: Set<string>;
}

/** The keys of a file's numbers. */
export const counted = ['bodies', 'valid', 'errors', 'warnings', 'omitted', 'unjudgeable'] as const;

type Numbers = Pick<FileReport, (typeof counted)[number]>;

export const nothingYet: Numbers = { bodies: 0, valid: 0, errors: 0, warnings: 0, omitted: 0, unjudgeable: 0 };

export const isGood = ({ errors, unjudgeable, bodies }: Numbers): boolean => errors + unjudgeable === 0 && bodies > 0;

/** Validates a file. If it can't be read, reports that and returns, so that the next one is validated. */
export async function validateFile(file: string, validation: Validation, ports: ValidationPorts): Promise<Numbers> {
  const { reporting } = ports;
  const tally: FileReport = { type: 'file', file, ...nothingYet };
  const [watch, forms] = [watchVersions(), new Set<string>()];
  try {
    await takeBodies({ validation, ports, tally, watch, forms });
    if (tally.bodies + tally.unjudgeable === 0) throw new InputError(`${file}: no body found`);
    if (watch.isFull()) reporting.warn(`${file}: ${tooManyCustomers}`);
    await validation.reporter.report(tally, isGood(tally));
    if (tally.unjudgeable > 0) reporting.fail(unjudgeable(tally, forms));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // A file that can't be read counts as one body that can't be checked.
    tally.unjudgeable ||= 1;
    validation.reporter.failFile(file, error);
  }
  return tally;
}

const unjudgeable = ({ file, unjudgeable: count, bodies }: FileReport, forms: ReadonlySet<string>): InputError =>
  new InputError(
    `${file}: ${bodies === 1 ? 'its body' : `${count} ${count === 1 ? 'body' : 'bodies'}`} can't be checked`,
    { hint: forms.size === 0 ? undefined : [...forms].map(conversion).join('; ') },
  );

const conversion = (form: string): string =>
  form === 'gzip'
    ? 'decompress it: gunzip -c <file> | webhook-cli validate -'
    : `save it as UTF-8: iconv -f ${form} -t UTF-8`;

const tooManyCustomers = 'it has more than 100,000 customers; only the first were checked for mixing V1 and V2 names';

async function takeBodies(validating: Validating): Promise<void> {
  const { tally, validation, ports } = validating;
  for await (const found of bodiesIn(tally.file, validation, ports)) {
    if ('prescans' in found) await takeLines(found, validating);
    else {
      const { body, ...position } = found;
      await takeBody({ kind: 'body', body }, position, validating);
    }
    if (ports.environment.signal.aborted) return;
  }
}

async function takeLines({ number, prescans, ...how }: Lines, validating: Validating): Promise<void> {
  let line = number;
  for (const prescan of prescans) {
    if (prescan === 'good') countGood(validating);
    else if (typeof prescan === 'object') await lookAgain(prescan, { ...how, number: line }, validating);
    line += linesOf(prescan);
    if (validating.ports.environment.signal.aborted) return;
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
    const position = format === 'recording' ? { line: 1, index: tally.bodies + 1 } : { line: number };
    await takeBody(entry, position, validating);
  } else if (entry) takeDamage(entry, validating);
}

async function takeBody(
  entry: BodyEntry & { kind: 'body' },
  position: BodyPosition,
  validating: Validating,
): Promise<void> {
  const { tally, validation, watch } = validating;
  // A single body that mixes both versions' names does so on purpose.
  const verdict = validation.judge.judge(entry.body, entry.wasSent ? undefined : watch);
  tally.bodies += 1;
  // The report of a file with one body names the event.
  tally.event = tally.bodies === 1 ? validation.judge.summarise(verdict.inspection.json) : undefined;
  if (verdict.isSuspicious) await takeProblems({ ...entry, ...position }, verdict, validating);
  else tally.valid += 1;
}

async function takeProblems(
  body: LocatedBody,
  verdict: BodyVerdict,
  { tally, validation, forms }: Validating,
): Promise<void> {
  const { problemReports } = await import('./problem-reports.js');
  const reports = problemReports(body, verdict, { file: tally.file, ...validation });
  const errors = reports.filter(({ level }) => level === 'error').length;
  tally.errors += errors;
  tally.warnings += reports.length - errors;
  tally.omitted += verdict.inspection.omitted;
  for (const { code, found } of verdict.problems) if (code === 'not-utf8' && found !== undefined) forms.add(found);
  if (!verdict.isJudgeable) tally.unjudgeable += 1;
  else if (errors === 0) tally.valid += 1;
  for (const report of reports) await validation.reporter.report(report, false);
}

function takeDamage(entry: Exclude<BodyEntry, { kind: 'body' }>, { tally, ports }: Validating): void {
  const where = tally.bodies === 0 ? 'before the first request' : `after request ${tally.bodies}`;
  if (entry.kind === 'corrupt') tally.unjudgeable += 1;
  const words = entry.kind === 'torn' ? 'was never finished' : `is corrupt: ${entry.reason}`;
  ports.reporting.warn(`${tally.file}: a record ${where} ${words}`);
}
