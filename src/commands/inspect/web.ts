import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from '../../config/configuration.js';
import { resolveSettings } from '../../config/resolve.js';
import { requestSettings } from '../../config/settings.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { InputError, UsageError } from '../../errors.js';
import type { Inspecting } from '../../exchange/exchange.js';
import { isLoopback } from '../../http/target.js';
import { createListSource, openRecordingSource } from '../../page/recording-source.js';
import type { Kept, PageSource } from '../../page/source.js';
import { openCaptures } from '../../recording/read.js';
import { bytesOf, named } from '../input/files.js';
import { createSelector } from '../input/selection.js';
import { announcePage, servePage } from '../page/serve.js';
import { replayTarget, signingFor } from '../page/target.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import type { InspectOptions } from './options.js';
import { reportDamage, requestsAmong } from './requests.js';
import type { InspectReport } from './reports.js';

interface Means {
  inspecting: Inspecting;
  configuration: Configuration;
}

/** Serves the page of a file until the user stops it. */
export async function runPage(
  options: InspectOptions,
  { inspecting, configuration }: Means,
  ports: Ports<InspectReport>,
): Promise<Verdict> {
  const { file, scheme, findSecrets, isCheckedAgain } = inspecting;
  const { url, headers, algorithm, timeout } = resolveSettings(requestSettings, options, configuration);
  // A mistake in the user's input is reported at the start.
  if (isCheckedAgain) await findSecrets();
  warnUntrustedTarget({ name: 'url', flags: options }, configuration, ports);
  const recording = await openSource(options, inspecting, ports);
  const isRemote = !isLoopback(url.hostname);
  const pageOptions = {
    title: file,
    requests: { recording },
    inspecting,
    target: replayTarget({ url, headers, timeout }, options, ports),
    url,
    findSigning: async () => signingFor((await findSecrets())[0], { scheme, algorithm, isRemote }),
  };
  const page = await servePage(pageOptions, options, ports).catch(async (error: unknown) => {
    await recording.close();
    throw error;
  });
  try {
    await announcePage(page, options, ports);
    await ports.environment.untilStopped();
  } finally {
    await page.close();
  }
  return 'positive';
}

/** A recording is read in parts, as needed; any other format is kept in memory. Throws InputError. */
async function openSource(
  options: InspectOptions,
  { file, scheme }: Inspecting,
  ports: Ports<InspectReport>,
): Promise<PageSource> {
  if (file === '-') throw new UsageError("the page can't show standard input", { hint: 'save it to a file first' });
  const whole = path.resolve(ports.environment.cwd, file);
  const found = await stat(whole).catch(() => undefined);
  if (found && !found.isFile() && !found.isDirectory())
    throw new InputError(`${file}: the page can only show a regular file`, { hint: 'save it to a file first' });
  if (await isRecording(file, options, ports))
    return openRecordingSource(whole, damage => {
      reportDamage(damage, file, ports.reporting);
    });
  const { choose } = await createSelector(options, { files: [file], scheme, withAnswers: true }, ports);
  const requests: Kept[] = [];
  for await (const placed of requestsAmong(choose(file), file, ports)) requests.push(placed);
  if (requests.length === 0) throw new InputError(`${file}: there is no request in it`);
  return createListSource(requests);
}

async function isRecording(file: string, { format }: InspectOptions, ports: Ports<InspectReport>): Promise<boolean> {
  const bytes = bytesOf(file, ports)[Symbol.asyncIterator]();
  async function* look() {
    yield 'pieces' in (await openCaptures({ [Symbol.asyncIterator]: () => bytes }, format));
  }
  try {
    for await (const isOne of named(file, look())) return isOne;
    return false;
  } finally {
    await bytes.return?.();
  }
}
