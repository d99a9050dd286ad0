import { readConfiguration } from '../../config/configuration.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { listenSettings, type SettingFlags, type Settings } from '../../config/settings.js';
import { isLoopback } from '../../http/target.js';
import { UsageError } from '../../errors.js';
import { loadInspector } from '../../event/inspect.js';
import type { Forwarder } from '../../receiver/forward.js';
import { startListener } from '../../receiver/server.js';
import type { Script } from '../../receiver/responses.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import type { Context, Verdict } from '../command.js';
import type { Part } from '../sending/flags.js';
import { createExpectation, type ExpectationFlags } from './expectation.js';
import { createReadyFile } from './ready-file.js';
import { createReception } from './reception.js';
import { newId, openRecording } from '../recording.js';
import type { ListenReport } from './reports.js';

export { view } from './view.js';

export interface ListenOptions
  extends ExpectationFlags, SecretFlags, Pick<SettingFlags, 'host' | 'port' | 'save' | 'forwardTo'> {
  path?: string;
  verify: boolean;
  /** Bytes. */
  maxBody?: number;
  respond?: Script;
  /** Milliseconds. */
  respondDelay?: number;
  show?: readonly Part[];
  readyFile?: string;
  forwardUnverified?: boolean;
  fsync?: boolean;
}

export async function run(options: ListenOptions, context: Context<ListenReport>): Promise<Verdict> {
  const configuration = await readConfiguration(context);
  const settings = {
    ...resolveSettings(listenSettings, options, configuration),
    // Of a forwarded request; the flag of the same name is the deadline of `listen` itself.
    ...resolveSettings(['timeout'], {}, configuration),
  };
  const { host, port, save } = settings;
  const remote = isLoopback(host) ? undefined : host;
  const secrets = options.verify ? await resolveSecrets(options, { ...context, configuration }, { remote }) : undefined;
  const expectation = createExpectation(options);
  const readyFile = createReadyFile(options.readyFile, context);
  const forwarder = await openForwarder(options, settings, context);
  if (forwarder) warnUntrustedTarget({ name: 'forwardTo', flags: options }, configuration, context);
  // Whether it can be written is known before anything is promised.
  const store = await openRecording({ save, fsync: options.fsync }, context);
  const reception = createReception(
    { inspect: await loadInspector(), secrets, expectation, store, forwarder, ...options },
    context,
  );
  const { respond, onProtocolError } = reception;
  const limits = limitsOf(options);
  try {
    const listener = await startListener({ host, port, now: context.now, respond, onProtocolError, limits });
    try {
      const origins = secrets?.map(({ origin }) => origin) ?? null;
      await context.report({ type: 'ready', url: listener.url, scheme: 'fin', secrets: origins });
      await readyFile.write(listener.url);
      await firstOf([reception.met, context.signal, context.outputGone], options.timeout);
    } finally {
      // In this order, whatever fails: what was in flight is answered, forwarded and recorded until the listener is closed.
      await readyFile.remove().finally(listener.close);
    }
  } finally {
    try {
      store?.close();
    } finally {
      await forwarder?.close();
    }
  }
  await reception.printed();
  const isMet = expectation.count === null || expectation.isMet();
  const verdict = isMet ? 'positive' : 'negative';
  await context.report({ type: 'summary', ...reception.tally, ...expectation.result() }, verdict);
  return verdict;
}

const limitsOf = ({ maxBody }: ListenOptions) => (maxBody === undefined ? {} : { largestBody: maxBody });

async function openForwarder(
  { forwardTo: flag, forwardUnverified, respond }: ListenOptions,
  { forwardTo, timeout, ...own }: Pick<Settings, 'host' | 'port' | 'forwardTo' | 'timeout'>,
  context: Context<ListenReport>,
): Promise<Forwarder | undefined> {
  // What a flag asks for goes over what a file does, so that answers can be tried out at any time.
  const url = respond ? flag : forwardTo;
  if (!url) {
    if (forwardUnverified)
      throw new UsageError('--forward-unverified needs --forward-to', {
        hint: 'it names the application to forward to',
      });
    return undefined;
  }
  if (respond)
    throw new UsageError('--respond and --forward-to were given together', {
      hint: 'either of them makes the answers',
    });
  if (
    Number(url.port || 80) === own.port &&
    (url.hostname === own.host || (isLoopback(url.hostname) && isLoopback(own.host)))
  ) {
    throw new UsageError('--forward-to leads back to this listener', { hint: 'is it the port of your application?' });
  }
  // With it comes the HTTP client, which costs more than all the rest of a start.
  const { createForwarder } = await import('../../receiver/forward.js');
  return createForwarder({ url, timeout, id: newId(context.clock) });
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
