import { knownSchemes, readScheme, tolerating } from '../../config/scheme.js';
import { otherSecrets } from '../../config/other-secrets.js';
import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { listenSettings, type SettingFlags, type Settings } from '../../config/settings.js';
import { LocalError } from '../../errors.js';
import { eventNames } from '../../event/catalogue.js';
import type { Match } from '../../event/match.js';
import { idReader, summariser } from '../../event/summary.js';
import { isLoopback } from '../../http/target.js';
import { createExpectation } from '../../receiver/expectation.js';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../receiver/receiver.js';
import { createRecorder } from '../../receiver/recorder.js';
import { ListenError } from '../../receiver/addresses.js';
import type { ReceiverSubscriber } from '../../receiver/events.js';
import type { Secret } from '../../scheme/secret.js';
import type { Scheme } from '../../scheme/scheme.js';
import { hasCatalogue, placesOf } from '../../scheme/schemes.js';
import type { Tolerance } from '../../scheme/timestamp.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { warnOfUnknownPaths } from '../payload/warn-paths.js';
import { openRecording } from '../recording.js';
import type { WebFlags } from '../page/flags.js';
import type { Part } from '../sending/flags.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import { openForwarder, type ForwardFlags } from './forwarding.js';
import { createKeys, type Keys } from './keys.js';
import { createLatePage, type LatePage } from './late-page.js';
import { createPrinter, type Printer } from './printer.js';
import { createReadyFile } from './ready-file.js';
import { summaryReport, type ListenReport } from './reports.js';

export { view } from './view.js';

export interface ListenOptions
  extends SecretFlags, ForwardFlags, WebFlags, Pick<SettingFlags, 'scheme' | 'host' | 'port' | 'save' | 'forwardTo'> {
  verify: boolean;
  tolerance?: Tolerance;
  /** Bytes. */
  maxBody?: number;
  /** Milliseconds. */
  respondDelay?: number;
  count?: number;
  distinct?: boolean;
  match?: readonly Match[];
  /** Milliseconds. */
  timeout?: number;
  show?: readonly Part[];
  readyFile?: string;
  fsync?: boolean;
}

export async function run(options: ListenOptions, ports: Ports<ListenReport>): Promise<Verdict> {
  const { clock, reporting } = ports;
  const { show = [], match = [], fsync } = options;
  const prepared = await prepare(options, ports);
  const { settings, scheme, secrets, others, forwarder, known } = prepared;
  const isOurs = hasCatalogue(scheme);
  const paths = isOurs ? match.map(({ path }) => path) : [];
  await warnOfUnknownPaths({ flag: '--match', paths, events: eventNames }, ports);
  const printer = createPrinter({ show, scheme, secrets, others, known }, reporting);
  const places = placesOf(scheme);
  const expectation = createExpectation({
    count: expectedCount(options),
    match,
    isDistinct: options.distinct,
    idOf: idReader(places),
  });
  // Make sure the recording is writable before accepting anything.
  const store = await openRecording({ save: settings.save, fsync }, ports);
  try {
    const front = await frontOf(options, { prepared, printer }, ports);
    const receiver = await startReceiver({
      ...receiverOptions(options, settings),
      clock,
      scheme,
      secrets,
      summarise: summariser(places),
      loadInspect: isOurs ? loadInspect : undefined,
      forwarder,
      recorder: store && createRecorder(store, clock),
      subscribers: [printer, expectation, ...front.subscribers],
      onBug: reporting.fail,
    });
    await untilEnd(receiver, { options, scheme, secrets, met: expectation.met, front }, ports);
  } finally {
    try {
      store?.close();
    } finally {
      await forwarder?.close();
    }
  }
  await printer.printed();
  const summary = summaryReport(expectation.counts(), match, printer.unsearched());
  const verdict = summary.unmet.length === 0 ? 'positive' : 'negative';
  await reporting.report(summary, verdict);
  return verdict;
}

async function prepare(options: ListenOptions, ports: Ports<ListenReport>) {
  const { scheme: own, configuration } = await readScheme(options, ports.environment);
  const scheme = tolerating(options, own);
  const settings = {
    ...resolveSettings(listenSettings, options, configuration),
    // For forwarded requests; the flag of the same name is the deadline of `listen` itself.
    ...resolveSettings(['timeout'], {}, configuration),
  };
  const remote = isLoopback(settings.host) ? undefined : settings.host;
  const secrets = options.verify ? await resolveSecrets(options, { ...ports, configuration }, { remote }) : undefined;
  const others = secrets ? await otherSecrets(secrets, { ...ports, configuration }) : [];
  const forwarder = await openForwarder(options, { ...settings, scheme }, ports);
  if (forwarder) warnUntrustedTarget({ name: 'forwardTo', flags: options }, configuration, ports);
  return { settings, scheme, secrets, others, forwarder, known: knownSchemes(configuration) };
}

const loadInspect = async () => (await import('../../event/inspect.js')).loadInspector();

/** The interactive parts: the page and the keys. */
interface Front {
  page: LatePage;
  /** Undefined without a terminal. */
  keys: Keys | undefined;
  subscribers: readonly ReceiverSubscriber[];
}

async function frontOf(
  options: ListenOptions,
  { prepared, printer }: { prepared: Awaited<ReturnType<typeof prepare>>; printer: Printer },
  ports: Ports<ListenReport>,
): Promise<Front> {
  const page = createLatePage(async () => (await import('./page.js')).createReceiverPage(options, prepared, ports));
  if (options.web !== undefined) await page.begin();
  const { forwarder } = prepared;
  const keys = ports.reporting.isWatched ? createKeys({ printer, forwarder, page }, ports) : undefined;
  if (keys) return { page, keys, subscribers: [page.subscriber, keys.subscriber] };
  return { page, keys, subscribers: options.web === undefined ? [] : [page.subscriber] };
}

const receiverOptions = (
  { path, maxBody, respond, respondDelay, forwardUnverified }: ListenOptions,
  { host, port }: Pick<Settings, 'host' | 'port'>,
) => ({
  host,
  port,
  path,
  limits: maxBody === undefined ? {} : { largestBody: maxBody },
  responses: respond,
  responseDelay: respondDelay,
  forwardUnverified,
});

/** Any flag of the expectation means at least one event. */
const expectedCount = ({ count, match = [], timeout }: ListenOptions): number | undefined =>
  count ?? (match.length > 0 || timeout !== undefined ? 1 : undefined);

/** Runs the receiver until the expectation is met, time is up, or the user or the reader ends it. */
async function untilEnd(
  { url, isEverywhere, close }: Receiver,
  {
    options,
    scheme,
    secrets,
    met,
    front: { page, keys },
  }: {
    options: ListenOptions;
    scheme: Scheme;
    secrets: readonly Secret[] | undefined;
    met: AbortSignal;
    front: Front;
  },
  ports: Ports<ListenReport>,
): Promise<void> {
  const { environment, reporting } = ports;
  const readyFile = createReadyFile(options.readyFile, ports);
  let stopKeys: (() => void) | undefined;
  try {
    if (options.web !== undefined) await page.serve(url);
    const origins = secrets?.map(({ origin }) => origin) ?? null;
    await reporting.report({
      type: 'ready',
      url,
      ...(isEverywhere && { everywhere: true }),
      scheme: scheme.name,
      ...(scheme.algorithms[0] !== 'sha256' && { algorithms: [...scheme.algorithms] }),
      secrets: origins,
    });
    await readyFile.write(url);
    await page.announce();
    // The port is open, so the first request may arrive at any time.
    if (hasCatalogue(scheme)) loadInspect().catch(() => undefined);
    stopKeys = await keys?.heed(url);
    await firstOf([met, environment.signal, reporting.outputGone, ...(keys ? [keys.quit] : [])], options.timeout);
  } finally {
    stopKeys?.();
    // Closing the receiver first finishes requests in flight, even if something else failed.
    await readyFile.remove().finally(close).finally(page.close);
  }
}

const listenHints: Record<ListenError['reason'], string> = {
  'port-in-use': 'stop the program that listens there, or pass --port 0 for any free port',
  'no-permission': 'ports below 1024 need administrator rights: pass another with --port',
  'no-address': 'pass an address of this machine with --host, such as 127.0.0.1',
};

const startReceiver = (options: ReceiverOptions): Promise<Receiver> =>
  createReceiver(options).catch((error: unknown) => {
    if (!(error instanceof ListenError)) throw error;
    throw new LocalError(error.message, { cause: error.cause, hint: listenHints[error.reason] });
  });

/** Waits until any of `signals` is aborted, or for `timeout` milliseconds. */
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
