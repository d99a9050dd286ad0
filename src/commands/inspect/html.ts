import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from '../../config/configuration.js';
import { resolveSettings } from '../../config/resolve.js';
import type { Ports } from '../../contract/command.js';
import { InputError, LocalError, systemCode, systemWords, UsageError } from '../../errors.js';
import { listing, type Inspecting, type Placed } from '../../exchange/exchange.js';
import { writeThrough } from '../../file/atomic-file.js';
import { pageAssets } from '../../page/assets.js';
import { createDesk } from '../../page/desk.js';
import { onePage } from '../../page/one-file.js';
import { createListSource } from '../../page/recording-source.js';
import type { Kept } from '../../page/source.js';
import type { PageExchange } from '../../page/types.js';
import { sourceName } from '../input/files.js';
import type { InspectReport } from './reports.js';

interface Writing {
  /** The file to write. */
  target: string;
  inspecting: Inspecting;
  configuration: Configuration;
}

/** In bytes of bodies. Browsers struggle with larger pages. */
const largest = 64 * 1024 * 1024;

/** Writes the page with these requests, whole or not at all. Throws InputError, LocalError and UsageError. */
export async function writePage(
  requests: AsyncIterable<Placed>,
  { target, inspecting, configuration }: Writing,
  { environment: { cwd, signal, packageRoot }, reporting, clock }: Ports<InspectReport>,
): Promise<void> {
  const to = path.resolve(cwd, target);
  await refuseSame(path.resolve(cwd, inspecting.file), to);
  // The page may be shared, so it doesn't show the file's path.
  const file = path.basename(inspecting.file);
  const shown = await shownIn(requests, { ...inspecting, file });
  if (shown.length === 0 || signal.aborted) return;
  const { url } = resolveSettings(['url'], {}, configuration);
  const source = createListSource(shown);
  const desk = createDesk({ source, inspecting: { ...inspecting, file }, target: { url }, clock });
  const exchanges: PageExchange[] = [];
  for (const kept of shown) exchanges.push(await desk.show(kept));
  const page = {
    title: file,
    kind: 'recording',
    scheme: inspecting.scheme.name,
    target: null,
    canSign: false,
  } as const;
  const content = onePage(await pageAssets(packageRoot), { page, requests: exchanges });
  // It holds the same data as the recording, which only its owner can read.
  await writeThrough(to, content, { clock, mode: 0o600 }).catch((cause: unknown) => {
    throw new LocalError(`can't write ${target}: ${systemWords(cause)}`, {
      cause,
      hint: systemCode(cause) === 'EISDIR' ? 'use a file in it' : 'does its folder exist, and is it yours?',
    });
  });
  await reporting.report({ type: 'page-file', file: target, requests: exchanges.length });
}

async function shownIn(requests: AsyncIterable<Placed>, inspecting: Inspecting): Promise<Kept[]> {
  const reportOf = listing(inspecting);
  const shown: Kept[] = [];
  let bytes = 0;
  for await (const placed of requests) {
    bytes += placed.request.body.length + (placed.request.answer?.body.length ?? 0);
    if (bytes > largest)
      throw new InputError(`${sourceName(inspecting.file)}: the bodies are over 64 MiB, too much for one page`, {
        hint: 'select fewer requests, as with --only or --failed',
      });
    shown.push({ ...placed, report: await reportOf(placed) });
  }
  return shown;
}

/** Writing the page over the recording would destroy it. */
async function refuseSame(from: string, to: string): Promise<void> {
  const [source, target] = await Promise.all([from, to].map(file => realpath(file).catch(() => file)));
  if (source === target)
    throw new UsageError('--html names the recording itself', { hint: 'choose another file for the page' });
}
