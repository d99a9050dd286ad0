import type { RequestSettings } from '../../config/settings.js';
import { statusSet } from '../../http/status-set.js';
import type { Algorithm } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { SenderSubscriber } from '../../sender/events.js';
import type { ReplyExpectation } from '../../sender/expectation.js';
import { createMeter, type Meter } from '../../sender/meter.js';
import { createRecorder } from '../../sender/recorder.js';
import type { Sign } from '../../sender/request.js';
import { Sender, type Batch, type Tally } from '../../sender/sender.js';
import { grouped } from '../../text/words.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { createFindings } from '../../report/collect.js';
import { writeReports } from '../documents/write-reports.js';
import { openRecording } from '../recording.js';
import type { DeliveryFlags } from './flags.js';
import { reportEach, reportFirstOfEachKind } from './reporters.js';
import type { DeliveryReport, DeliverySummaryReport } from './reports.js';
import { readConnection } from '../connection/read.js';

/** A batch, and how to sign and report it. */
export interface Shipment extends Batch {
  /** The number of deliveries. */
  asked: number;
  sign: Sign;
  scheme: Scheme;
  /** Undefined if requests are unsigned. */
  algorithm: Algorithm | undefined;
  /** The pace in requests per second; undefined for as fast as possible, or the batch's own pace. */
  rate?: number | undefined;
  /** Whether the batch is a load, which is measured and reports only problems. */
  isLoad?: boolean;
}

interface Means {
  flags: DeliveryFlags;
  settings: RequestSettings;
}

/** Sends a batch, reports what happens, and sums it up. Throws InputError if the certificates can't be read. */
export async function sendBatch(shipment: Shipment, means: Means, ports: Ports<DeliveryReport>): Promise<Verdict> {
  const { asked, isLoad } = shipment;
  const { sender, meter } = await openSender(shipment, means, ports);
  const { tally } = sender;
  const ticking = isLoad ? showProgress(tally, asked, ports) : undefined;
  try {
    await sender.send({ ...shipment, delay: means.flags.delay });
  } finally {
    clearInterval(ticking);
    await sender.close();
  }
  const summary: DeliverySummaryReport = { type: 'summary', asked, ...tally, ...meter?.figures() };
  if (isLoad) await writeLoadReport(summary, means, ports);
  if (isLoad || asked > 1) await ports.reporting.report(summary, tally.expected === asked ? 'positive' : 'negative');
  return tally.unexpected > 0 ? 'negative' : 'positive';
}

/** Standard output shows the summary. */
const inFile = (): never => {
  throw new Error('A report of a load is in a file.');
};

/** A load has no findings: all of it is on the page. */
async function writeLoadReport(
  summary: DeliverySummaryReport,
  { flags: { report: requests }, settings: { url } }: Means,
  { reporting, ...ports }: Ports<DeliveryReport>,
): Promise<void> {
  if (!requests) return;
  const title = 'webhook-cli send';
  const { loadPageOf } = await import('./load-page.js');
  await writeReports(
    createFindings(),
    { requests, title, page: () => loadPageOf(summary, { title, url }) },
    { ...ports, reporting: { fail: reporting.fail, report: inFile } },
  );
}

async function openSender(
  shipment: Shipment,
  { flags, settings: { url, timeout, retries } }: Means,
  ports: Ports<DeliveryReport>,
): Promise<{ sender: Sender; meter: Meter | undefined }> {
  const { clock, environment } = ports;
  const connecting = await readConnection(flags, url, ports);
  // Loaded here, because printing requests needs no HTTP client.
  const { createHttpClient } = await import('../../sender/http-client.js');
  const store = await openRecording(flags, ports);
  const meter = shipment.isLoad ? createMeter(shipment.rate) : undefined;
  const reporter = reporterOf(shipment, flags, ports);
  const sender = new Sender({
    client: createHttpClient({ timeout, ...connecting }),
    timeout,
    sign: shipment.sign,
    policy: { retries, maxWait: flags.maxWait ?? 60_000 },
    expectation: expectationOf(flags, shipment.scheme),
    recorder: store && createRecorder(store, clock),
    clock,
    signal: environment.signal,
    subscribers: meter ? [meter.subscriber, reporter] : [reporter],
  });
  return { sender, meter };
}

function reporterOf(
  { asked, scheme, algorithm, concurrency = 1, isLoad }: Shipment,
  { show = [] }: DeliveryFlags,
  { reporting }: Pick<Ports<DeliveryReport>, 'reporting'>,
): SenderSubscriber {
  if (isLoad) return reportFirstOfEachKind({ show, scheme, algorithm, asked }, reporting);
  // Lines of concurrent deliveries are interleaved, so they need a number.
  return reportEach({ show, scheme, algorithm, asked: concurrency > 1 && asked > 1 ? asked : undefined }, reporting);
}

const expectationOf = (
  { expectStatus, expectHeader, expectBody, maxTime }: DeliveryFlags,
  { definition: { accepts = '2xx' } }: Scheme,
): ReplyExpectation => ({
  status: expectStatus ?? statusSet(accepts),
  headers: expectHeader ?? [],
  body: expectBody,
  maxTime,
});

/** Shows progress five times a second. */
function showProgress(tally: Readonly<Tally>, asked: number, { reporting }: Pick<Ports, 'reporting'>): NodeJS.Timeout {
  const start = performance.now();
  return setInterval(() => {
    const done = tally.expected + tally.unexpected + tally.failed;
    const perSecond = Math.round((done / (performance.now() - start)) * 1000);
    reporting.progress(`${grouped(done)} of ${grouped(asked)}, ${grouped(perSecond)} a second`, done / asked);
  }, 200);
}
