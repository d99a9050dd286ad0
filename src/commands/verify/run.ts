import type { CapturedRequest, CaptureEntry } from '../../recording/captured-request.js';
import type { CaptureFormat } from '../../recording/formats.js';
import { readConfiguration } from '../../config/configuration.js';
import { isDevelopmentSecret } from '../../config/development-secret.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { CommandError, InputError, UsageError } from '../../errors.js';
import type { Secret } from '../../scheme/secret.js';
import { readBody } from '../input/body.js';
import { judgedCaptures } from '../input/recordings.js';
import { sourceName } from '../input/files.js';
import type { Context, Verdict } from '../command.js';
import { helpWith } from '../workers.js';
import { judgeEntry, type Judged, type Source, type Task } from './judge-entry.js';
import type { DamageReport, VerificationReport, VerifyReport, VerifySummaryReport } from './reports.js';
import type { Algorithm } from '../../scheme/definition.js';
import { defaultPreset } from '../../scheme/presets/index.js';

export { view } from './view.js';

export const hasOnlyWords = true;

export interface VerifyOptions extends SecretFlags {
  file: readonly string[];
  format?: CaptureFormat;
  body?: string;
  signature?: string;
  algorithm?: Algorithm;
}

export async function run(options: VerifyOptions, context: Context<VerifyReport>): Promise<Verdict> {
  refuseContradictions(options);
  const configuration = await readConfiguration(context);
  const secrets = await resolveSecrets(options, { ...context, configuration });
  if (secrets.some(isDevelopmentSecret))
    context.warn('judged by the development secret, which only this machine knows');
  const tally: VerifySummaryReport = { type: 'summary', read: 0, skipped: 0, valid: 0, invalid: 0, unjudgeable: 0 };
  for (const input of inputsOf(options, secrets, context)) {
    await verifyAll(input, { tally, context });
    if (context.signal.aborted) break;
  }
  const isGood = tally.valid === tally.read && tally.read > 0;
  await context.report(tally, isGood ? 'positive' : 'negative');
  return tally.invalid > 0 ? 'negative' : 'positive';
}

function refuseContradictions({ file, format, body, signature, algorithm, secretFile = [] }: VerifyOptions): void {
  const contradictions: readonly (readonly [isGiven: boolean, message: string, hint?: string])[] = [
    [body === undefined && signature !== undefined, '--signature needs --body', 'files carry signatures of their own'],
    [
      body === undefined && file.length === 0,
      'nothing to verify',
      'name a recording, a HAR file or a raw HTTP request, or pass --body with --signature',
    ],
    [body !== undefined && file.length > 0, '--body and files were given together', 'verify one or the other'],
    [
      body !== undefined && signature === undefined,
      '--body needs --signature',
      `pass the ${defaultPreset.signature.header} that came with it`,
    ],
    [body === undefined && algorithm !== undefined, '--algorithm needs --body', 'files carry algorithms of their own'],
    [body !== undefined && format !== undefined, '--format is for files, and --body is one body', 'leave it out'],
    [
      [...file, body, ...secretFile].filter(name => name === '-').length > 1,
      'standard input was named twice',
      'it can be read once',
    ],
  ];
  const [, message, hint] = contradictions.find(([isGiven]) => isGiven) ?? [];
  if (message !== undefined) throw new UsageError(message, { hint });
}

interface Input {
  source: Source;
  judged: AsyncIterable<readonly Judged[]>;
}

function inputsOf(
  { file, format, ...single }: VerifyOptions,
  secrets: readonly Secret[],
  context: Context<VerifyReport>,
): Input[] {
  const { body } = single;
  if (body !== undefined) {
    const source = { file: body, files: 1 };
    return [{ source, judged: judgeSingle({ ...single, body }, { source, secrets }, context) }];
  }
  return file.map(name => {
    const task: Task = { source: { file: name, files: file.length }, secrets };
    const judging = {
      judge: (entry: CaptureEntry) => judgeEntry(entry, task),
      help: helpWith('verify', task, context),
    };
    return { source: task.source, judged: judgedCaptures({ name, format }, judging, context) };
  });
}

async function* judgeSingle(
  { body: name, signature = '', algorithm }: { body: string } & Pick<VerifyOptions, 'signature' | 'algorithm'>,
  task: Task,
  context: Context<VerifyReport>,
): AsyncGenerator<readonly Judged[]> {
  const named: CapturedRequest['headers'] =
    algorithm === undefined ? [] : [[defaultPreset.algorithmHeader?.name ?? '', algorithm]];
  const headers: CapturedRequest['headers'] = [[defaultPreset.signature.header, signature], ...named];
  const body = await readBody(name, context);
  const request = { method: 'POST', target: '/', headers, body, fidelity: 'exact', findings: [] } as const;
  yield [judgeEntry({ kind: 'request', request }, task)];
}

interface Verifying {
  tally: VerifySummaryReport;
  context: Context<VerifyReport>;
}

/** One bad file doesn't keep the others from being judged. */
async function verifyAll({ source, judged }: Input, verifying: Verifying): Promise<void> {
  const { tally, context } = verifying;
  const before = { ...tally };
  try {
    for await (const entries of judged) {
      await reportEach(entries, before.read, verifying);
      if (context.signal.aborted) return;
    }
    const problem = problemWith(before, tally);
    if (problem !== undefined) throw new InputError(`${sourceName(source.file)}: ${problem}`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    context.fail(error);
  }
}

/** `before`: requests of earlier files. */
async function reportEach(entries: readonly Judged[], before: number, verifying: Verifying): Promise<void> {
  const { tally, context } = verifying;
  for (const entry of entries) {
    if (context.signal.aborted) return;
    const index = tally.read - before + 1;
    await (entry.type === 'verification'
      ? reportVerification({ ...entry, index }, verifying)
      : reportDamage(entry, index, verifying));
  }
}

function problemWith(before: VerifySummaryReport, after: VerifySummaryReport): string | undefined {
  const [read, unjudgeable] = [after.read - before.read, after.unjudgeable - before.unjudgeable];
  if (read === 0) return 'there is no request in it';
  if (unjudgeable > 0) return `${unjudgeable} of ${read} requests can't be judged`;
  return undefined;
}

function reportVerification(report: VerificationReport, { tally, context }: Verifying): Promise<void> {
  tally.read += 1;
  tally[report.valid === null ? 'unjudgeable' : report.valid ? 'valid' : 'invalid'] += 1;
  return context.report(report, report.valid ? 'positive' : 'negative');
}

async function reportDamage(damage: DamageReport, index: number, { tally, context }: Verifying): Promise<void> {
  const name = sourceName(damage.file);
  const where = index === 1 ? 'before the first request' : `after request ${index - 1}`;
  tally.skipped += 1;
  if (damage.kind === 'torn') {
    context.warn(`${name}: a record ${where} was never finished, so its sender was never told that it came`);
    await context.report(damage);
  } else {
    await context.report(damage, 'negative');
    context.fail(new InputError(`${name}: the record ${where} is corrupt: ${damage.reason ?? ''}`));
  }
}
