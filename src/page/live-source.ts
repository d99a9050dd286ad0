import { open, stat, type FileHandle } from 'node:fs/promises';
import { exchangeReport, recordedVerdict } from '../exchange/exchange.js';
import type { ExchangeReport } from '../exchange/reports.js';
import { answeredOf, type Answered } from '../recording/answered.js';
import type { CapturedAnswer, CapturedRequest } from '../recording/captured-request.js';
import type { AnsweredEvent, ReceiverSubscriber } from '../receiver/events.js';
import type { Forwarded } from '../receiver/forward.js';
import type { ProtocolError } from '../receiver/received-request.js';
import { createNumbers } from './numbers.js';
import { createRecordingIndex, type RecordingIndex } from './recording-index.js';
import { createRing, type RingLimits } from './ring.js';
import type { Kept, PageSource } from './source.js';
import { createTimes } from './times.js';
import type { ForwardedFacts } from './types.js';

export interface LiveOptions {
  /** The name that reports give to the source of the requests. */
  file: string;
  /** Whether the responses follow a plan. */
  isPlanned: boolean;
  /** The recording that the receiver writes, if there is one: older requests are read from it. */
  recording?: string | undefined;
  limits?: RingLimits | undefined;
}

/** The requests that a receiver has responded to: the latest, or all of them if there is a recording. */
export interface LiveSource extends PageSource {
  subscriber: ReceiverSubscriber;
  /** Requests added after the one at `position`. */
  after: (position: number) => Kept[];
  /** Calls a function for each new request. */
  follow: (listener: (kept: Kept) => void) => void;
}

export async function openLiveSource({ file, isPlanned, recording, limits }: LiveOptions): Promise<LiveSource> {
  const ring = createRing(limits);
  const [times, numbers] = [createTimes(), createNumbers()];
  const numberOf: NumberOf = ({ kind, seq, receivedAt }) =>
    kind === 'request' && times.isOf(seq, receivedAt) ? numbers.ofRequest(seq) : undefined;
  const older = recording === undefined ? undefined : await openOlder(recording, numberOf);
  const listeners: ((kept: Kept) => void)[] = [];
  const highest = () => ring.highest();
  const add = (kept: Kept): void => {
    ring.add(kept);
    for (const listener of listeners) listener(kept);
  };
  return {
    subscriber: {
      answered(event) {
        const { seq, receivedAt } = event.request;
        if (older) times.set(seq, receivedAt);
        numbers.answered(seq);
        add(keptOf(event, { file, isPlanned, position: numbers.ofRequest(seq) }));
      },
      'protocol-error': ({ error }) => {
        add(keptError(error, { file, position: numbers.next() }));
      },
    },
    after: ring.after,
    follow: listener => listeners.push(listener),
    total: () => Promise.resolve(highest()),
    async *backwards(before) {
      const recent = ring.before(before);
      yield recent;
      const index = await older?.current();
      if (!index) return;
      const isRecent = new Set(recent.map(({ position }) => position));
      for (const positions of index.batches(before)) {
        const others = positions.filter(position => !isRecent.has(position));
        if (others.length > 0) yield await index.read(others);
      }
    },
    async find(position) {
      const recent = ring.get(position);
      if (recent) return recent;
      const index = await older?.current();
      return (await index?.read([position]))?.[0];
    },
    close: async () => older?.close(),
  };
}

/** What the receiver has recorded up to now. */
interface Older {
  /** Undefined if the recording can't be read. */
  current: () => Promise<RecordingIndex | undefined>;
  close: () => Promise<void>;
}

type NumberOf = Parameters<typeof createRecordingIndex>[1]['numberOf'];

/**
 * Others may write to the same recording, so a record counts as this receiver's only if it has the time that this
 * receiver remembers for its number.
 */
async function openOlder(recording: string, numberOf: NumberOf): Promise<Older> {
  const first = await stat(recording).catch(() => undefined);
  let opened: { handle: FileHandle; inode: number; index: RecordingIndex } | undefined;
  const reopen = async (inode: number) => {
    const handle = await open(recording, 'r');
    // Earlier records belong to earlier receivers. A file that was deleted or renamed meanwhile has another inode.
    const index = createRecordingIndex(handle, { start: inode === first?.ino ? first.size : 0, numberOf });
    await opened?.handle.close();
    opened = { handle, inode, index };
    return index;
  };
  const current = async (): Promise<RecordingIndex | undefined> => {
    const found = await stat(recording).catch(() => undefined);
    if (!found?.isFile()) return opened?.index;
    const index = opened?.inode === found.ino ? opened.index : await reopen(found.ino);
    await index.extend();
    return index;
  };
  let turn: Promise<RecordingIndex | undefined> = Promise.resolve(undefined);
  return {
    current: () => (turn = turn.then(current, current).catch(() => undefined)),
    close: async () => {
      await turn;
      await opened?.handle.close();
    },
  };
}

function keptOf(
  event: AnsweredEvent,
  { file, isPlanned, position }: Pick<LiveOptions, 'file' | 'isPlanned'> & { position: number },
): Kept {
  const { request: received, assessment, forwarded } = event;
  const { status, refusal, signature, summary } = assessment;
  const request: CapturedRequest = {
    method: received.method,
    target: received.target,
    headers: received.headers,
    body: received.body,
    fidelity: received.flaw === undefined ? 'exact' : 'incomplete',
    receivedAt: received.receivedAt.toISOString(),
    findings: [],
    verdict: {
      status,
      ...(refusal && { refusal }),
      ...(signature && { signature: signature.valid ? 'valid' : signature.reason }),
    },
  };
  const answer = forwarded && answerIn(forwarded);
  if (answer) request.answer = answer;
  const placed = { request, position };
  const facts = {
    file,
    event: summary,
    verdict: recordedVerdict(request) ?? null,
    answer: answeredBy(event, isPlanned && assessment.isAccepted),
  };
  const report: ExchangeReport = exchangeReport(placed, facts);
  return { ...placed, report, ...(forwarded && { forwarded: factsOf(forwarded) }) };
}

/** A protocol error: nothing is known except why it isn't a request. */
function keptError(
  { receivedAt, reason, status }: ProtocolError,
  { file, position }: { file: string; position: number },
): Kept {
  const request: CapturedRequest = {
    ...{ method: '', target: '', headers: [], body: new Uint8Array(), fidelity: 'incomplete', findings: [] },
    receivedAt: receivedAt.toISOString(),
    verdict: { status, refusal: reason },
  };
  const placed = { request, position };
  const facts = { file, event: {}, verdict: recordedVerdict(request) ?? null, answer: answeredOf(request) ?? null };
  return { ...placed, report: exchangeReport(placed, facts) };
}

/** If the application didn't respond, the status is null, as in a recording. */
function answeredBy({ action, isGone, milliseconds, forwarded }: AnsweredEvent, isPlanned: boolean): Answered {
  if (forwarded) {
    const { outcome } = forwarded;
    const status = 'reply' in outcome ? outcome.reply.status : null;
    return { status, by: 'application', milliseconds: outcome.milliseconds };
  }
  const by = isPlanned ? 'plan' : 'receiver';
  return { status: typeof action === 'string' || isGone ? null : action.status, by, milliseconds };
}

function answerIn({ outcome }: Forwarded): CapturedAnswer | undefined {
  if (!('reply' in outcome)) return undefined;
  const { status, headers, body, isBodyCut } = outcome.reply;
  return { status, headers, body, isWhole: !isBodyCut, milliseconds: outcome.milliseconds };
}

function factsOf({ url, outcome }: Forwarded): ForwardedFacts {
  const { milliseconds } = outcome;
  if ('reply' in outcome) return { url, status: outcome.reply.status, milliseconds };
  return { url, status: null, milliseconds, failure: outcome.failure.reason };
}
