import type { EventName } from '../../event/catalogue.js';
import type { Ports, Verdict } from '../../contract/command.js';
import type { InputFormat } from '../payload/formats.js';
import type { ReportRequest } from '../documents/report-flag.js';
import { prepareReports } from '../documents/prepare-reports.js';
import type { DocumentReport } from '../documents/write-reports.js';
import { inputsOf } from '../input/inputs.js';
import { loadJudge, schemaJudge, type Judge, type Rules } from './judge.js';
import { createProblemReporter } from './problem-reporter.js';
import type { ValidateReport, ValidateSummaryReport } from './reports.js';
import { counted, isGood, nothingYet, validateFile } from './validate-file.js';

export { view } from './view.js';

export interface ValidateOptions {
  file: readonly string[];
  event?: EventName;
  schema?: string;
  strict?: boolean;
  format?: InputFormat;
  show?: readonly 'body'[];
  report?: readonly ReportRequest[];
}

export async function run(options: ValidateOptions, ports: Ports<ValidateReport | DocumentReport>): Promise<Verdict> {
  const { environment, reporting } = ports;
  await prepareReports(options.report, environment);
  const reporter = createProblemReporter(options.report, ports);
  const validation = {
    ...(await judging(options, ports)),
    format: options.format,
    isStrict: options.strict ?? false,
    isExcerptShown: reporting.isWatched || (options.show?.includes('body') ?? false),
    reporter,
  };
  const summary: ValidateSummaryReport = { type: 'summary', files: 0, ...nothingYet };
  const names = await inputsOf(options.file, { cwd: environment.cwd, extensions: ['json', 'ndjson', 'jsonl'] });
  for (const file of new Set(names)) {
    if (environment.signal.aborted) break;
    const tally = await validateFile(file, validation, ports);
    summary.files += 1;
    for (const key of counted) summary[key] += tally[key];
  }
  if (summary.files > 1) await reporter.report(summary, isGood(summary));
  await reporter.writeDocuments();
  return summary.errors > 0 ? 'negative' : 'positive';
}

async function judging(
  { event, schema }: ValidateOptions,
  ports: Pick<Ports, 'environment' | 'reporting'>,
): Promise<{ rules: Rules; judge: Judge }> {
  if (schema === undefined) {
    const rules = { type: event };
    return { rules, judge: await loadJudge(rules) };
  }
  const { loadSchema } = await import('./load-schema.js');
  const loaded = await loadSchema(schema, ports);
  return { rules: { schema: loaded.text }, judge: await schemaJudge(loaded.schema) };
}
