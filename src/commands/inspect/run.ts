import { access } from 'node:fs/promises';
import path from 'node:path';
import { otherSecrets } from '../../config/other-secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { ownSchemes, readScheme } from '../../config/scheme.js';
import { resolveSecrets } from '../../config/secrets.js';
import type { Configuration } from '../../config/configuration.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { positions } from '../../contract/selection-values.js';
import { CommandError, InputError, UsageError } from '../../errors.js';
import { isGood } from '../../recording/answered.js';
import type { Range } from '../../recording/select.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { sourceName } from '../input/files.js';
import { isSelective } from '../input/selection-options.js';
import { createSelector } from '../input/selection.js';
import { listing, wholeOf, type Inspecting, type Placed } from '../../exchange/exchange.js';
import type { ExchangeReport } from '../../exchange/reports.js';
import type { InspectOptions } from './options.js';
import { requestsAmong } from './requests.js';
import type { InspectReport, InspectSummaryReport } from './reports.js';

export { view } from './view.js';

export async function run(options: InspectOptions, ports: Ports<InspectReport>): Promise<Verdict> {
  const { scheme, configuration } = await readScheme(options, ports.environment);
  const { file, wanted } = await fileOf(options, configuration, ports);
  if (options.diff && countOf(wanted) !== 2)
    throw new UsageError('--diff compares two requests', {
      hint: 'pass two positions, as in inspect <file> 2 3 --diff',
    });
  const inspecting = { ...inspectingOf(options, { scheme, configuration }, ports), file };
  if (options.web !== undefined) {
    // Without a file, the first argument may be one.
    if (wanted.length > 0)
      throw new UsageError('--web and a number were given together', { hint: 'the page shows all requests' });
    const { runPage } = await import('./web.js');
    return runPage(options, { inspecting, configuration }, ports);
  }
  const flags = wanted.length > 0 ? { ...options, only: wanted } : options;
  const selecting = { files: [file], scheme, withAnswers: true, stopsEarly: wanted.length > 0 };
  const { choose, refuseNothing } = await createSelector(flags, selecting, ports);
  const requests = requestsAmong(choose(file), file, ports);
  if (options.html !== undefined) {
    const { writePage } = await import('./html.js');
    await writePage(requests, { target: options.html, inspecting, configuration }, ports);
  } else if (options.diff) await reportDifference(requests, file, ports);
  else if (wanted.length > 0) await reportWhole(requests, inspecting, ports);
  else await reportList(requests, { inspecting, isPart: isSelective(options) }, ports);
  if (!ports.environment.signal.aborted) refuseNothing();
  return 'positive';
}

const countOf = (ranges: readonly Range[]): number =>
  new Set(ranges.flatMap(({ from, to }) => [from, to, ...(to - from > 1 ? [Number.NaN] : [])])).size;

/** Without a file, the configured recording is used, and the first argument may be a position. */
async function fileOf(
  { file, n: position = [] }: InspectOptions,
  configuration: Configuration,
  { environment: { cwd } }: Ports<InspectReport>,
): Promise<{ file: string; wanted: readonly Range[] }> {
  const isPosition = file !== undefined && /^\d[\d,-]*$/.test(file) && !(await exists(path.resolve(cwd, file)));
  if (file !== undefined && !isPosition) return { file, wanted: position };
  const { save } = resolveSettings(['save'], {}, configuration);
  if (save === undefined)
    throw new UsageError('nothing to inspect', {
      hint: 'pass a recording, or set listen.save in the configuration file',
    });
  return { file: save, wanted: [...(isPosition ? positions(file) : []), ...position] };
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

function inspectingOf(
  options: InspectOptions,
  { scheme, configuration }: { scheme: Scheme; configuration: Configuration },
  ports: Ports<InspectReport>,
): Omit<Inspecting, 'file'> {
  const isCheckedAgain = (options.secretFile ?? options.secretEnv) !== undefined;
  const search = (): Promise<readonly Secret[]> => {
    const found = resolveSecrets(options, { ...ports, configuration });
    // Showing a recording needs no secret, unless the user names one.
    return isCheckedAgain ? found : found.catch(noneIfExpected);
  };
  let secrets: Promise<readonly Secret[]> | undefined;
  const findSecrets = () => (secrets ??= search());
  return {
    scheme,
    isCheckedAgain,
    findSecrets,
    async checkWhole(request) {
      const known = await findSecrets();
      if (known.length === 0) return undefined;
      // The search for causes is slow to load, and a list doesn't need it.
      const { checkWhole } = await import('../../exchange/check-entry.js');
      const others = await otherSecrets(known, { ...ports, configuration });
      return checkWhole(request, { secrets: known, others, scheme, own: ownSchemes(configuration) });
    },
  };
}

function noneIfExpected(error: unknown): readonly Secret[] {
  if (error instanceof CommandError) return [];
  throw error;
}

async function reportList(
  requests: AsyncIterable<Placed>,
  { inspecting, isPart }: { inspecting: Inspecting; isPart: boolean },
  { environment: { signal }, reporting }: Ports<InspectReport>,
): Promise<void> {
  const { file } = inspecting;
  const tally: InspectSummaryReport = { type: 'summary', file, shown: 0, refused: 0, failed: 0 };
  const exchangeOf = listing(inspecting);
  for await (const placed of requests) {
    const report = await exchangeOf(placed);
    count(report, tally);
    await reporting.report(report);
  }
  if (tally.shown > 0) await reporting.report(tally);
  else if (!isPart && !signal.aborted) throw new InputError(`${sourceName(file)}: there is no request in it`);
}

function count({ verdict, answer }: ExchangeReport, tally: InspectSummaryReport): void {
  tally.shown += 1;
  if (verdict?.isAccepted === false) tally.refused += 1;
  if (answer && !isGood(answer.status ?? undefined)) tally.failed += 1;
}

async function reportWhole(
  requests: AsyncIterable<Placed>,
  inspecting: Inspecting,
  { reporting }: Ports<InspectReport>,
): Promise<void> {
  const exchangeOf = listing(inspecting);
  for await (const placed of requests) {
    const checked = await inspecting.checkWhole(placed.request);
    const whole = wholeOf(placed.request, checked?.report);
    await reporting.report({ ...(await exchangeOf(placed)), whole });
  }
}

async function reportDifference(
  requests: AsyncIterable<Placed>,
  file: string,
  { reporting }: Ports<InspectReport>,
): Promise<void> {
  const found: Placed[] = [];
  for await (const placed of requests) found.push(placed);
  const [one, other] = found;
  if (!one || !other) return;
  const [{ differenceOf }, { compareLines }] = await Promise.all([
    import('../../exchange/difference.js'),
    import('../../exchange/compare-lines.js'),
  ]);
  const difference = differenceOf([one.request, other.request], compareLines);
  await reporting.report({ type: 'difference', file, positions: [one.position, other.position], ...difference });
}
