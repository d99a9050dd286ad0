import { UsageError } from '../../errors.js';
import type { EventName } from '../../event/catalogue.js';
import type { Context, Verdict } from '../command.js';
import type { ReportRequest } from '../documents/report-flag.js';
import type { DocumentReport } from '../documents/write-reports.js';
import type { BodyFormat } from './formats.js';
import { inputsOf } from './inputs.js';
import type { ValidateReport, ValidateSummaryReport } from './reports.js';
import { createTelling } from './telling.js';
import { counted, isGood, nothingYet, validateFile } from './validate-file.js';

export { view } from './view.js';

export interface ValidateOptions {
  file: readonly string[];
  event?: EventName;
  strict?: boolean;
  format?: BodyFormat;
  show?: readonly 'body'[];
  report?: readonly ReportRequest[];
}

export async function run(
  options: ValidateOptions,
  context: Context<ValidateReport | DocumentReport>,
): Promise<Verdict> {
  refuseContradictions(options);
  const telling = createTelling(options.report, context);
  const manner = {
    type: options.event,
    format: options.format,
    isStrict: options.strict ?? false,
    isExcerptShown: context.isWatched || (options.show?.includes('body') ?? false),
  };
  const summary: ValidateSummaryReport = { type: 'summary', files: 0, ...nothingYet };
  for (const file of await inputsOf(options.file, context.cwd)) {
    if (context.signal.aborted) break;
    const tally = await validateFile(file, manner, { ...context, ...telling });
    summary.files += 1;
    for (const key of counted) summary[key] += tally[key];
  }
  if (summary.files > 1) await telling.tell(summary, isGood(summary));
  await telling.finish();
  return summary.errors > 0 ? 'negative' : 'positive';
}

function refuseContradictions({ file }: ValidateOptions): void {
  if (file.length === 0)
    throw new UsageError('nothing to validate', { hint: 'name a file, a folder or a glob; - for standard input' });
  if (file.filter(name => name === '-').length > 1)
    throw new UsageError('standard input was named twice', { hint: 'it can be read once' });
}
