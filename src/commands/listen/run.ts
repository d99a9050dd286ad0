import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings, type SettingFlags } from '../../config/settings.js';
import { isLoopback } from '../../delivery/target.js';
import { startListener } from '../../listener/listener.js';
import type { Script } from '../../listener/script.js';
import type { Context, Verdict } from '../command.js';
import type { Part } from '../delivery/flags.js';
import { createExpectation, type ExpectationFlags } from './expectation.js';
import { createReadyFile } from './ready-file.js';
import { createReception } from './reception.js';
import type { ListenReport } from './reports.js';

export { view } from './view.js';

export interface ListenOptions extends ExpectationFlags, SecretFlags, Pick<SettingFlags, 'host' | 'port'> {
  path?: string;
  verify: boolean;
  /** Bytes. */
  maxBody?: number;
  respond?: Script;
  /** Milliseconds. */
  respondDelay?: number;
  show?: readonly Part[];
  readyFile?: string;
}

export async function run(options: ListenOptions, context: Context<ListenReport>): Promise<Verdict> {
  const { host, port } = resolveSettings(['host', 'port'], options, context.env);
  const remote = isLoopback(host) ? undefined : host;
  const secrets = options.verify ? await resolveSecrets(options, context, { remote }) : undefined;
  const expectation = createExpectation(options);
  const readyFile = createReadyFile(options.readyFile, context);
  const reception = createReception({ secrets, expectation, ...options }, context);
  const { respond, onNonsense } = reception;
  const limits = options.maxBody === undefined ? {} : { largestBody: options.maxBody };
  const listener = await startListener({ host, port, now: context.now, respond, onNonsense, limits });
  try {
    const origins = secrets?.map(({ origin }) => origin) ?? null;
    await context.report({ type: 'ready', url: listener.url, scheme: 'fin', secrets: origins });
    await readyFile.write(listener.url);
    await firstOf([reception.met, context.signal, context.outputGone], options.timeout);
  } finally {
    await readyFile.remove();
    await listener.close();
  }
  await reception.printed();
  const isMet = expectation.count === null || expectation.isMet();
  const verdict = isMet ? 'positive' : 'negative';
  await context.report({ type: 'summary', ...reception.tally, ...expectation.result() }, verdict);
  return verdict;
}

/** Waits for any of the signals, or for the time to run out (in milliseconds). */
function firstOf(signals: readonly AbortSignal[], timeout: number | undefined): Promise<void> {
  const any = AbortSignal.any([...signals, ...(timeout === undefined ? [] : [AbortSignal.timeout(timeout)])]);
  return new Promise(resolve => {
    if (any.aborted) resolve();
    else
      any.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}
