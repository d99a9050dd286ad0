import { CaptureError } from '../capture-error.js';
import type { CapturedRequest, CaptureEntry } from '../captured-request.js';
import { messageIn } from '../http/message.js';
import { lineAt } from '../http/line.js';
import { blocksIn, type Block } from './curl-trace.js';

/** A request in the output of curl. */
interface Sent {
  head: Buffer;
  data: Buffer[];
  /** Whether a byte of the data may differ from the one shown. */
  isLossy: boolean;
  flaw?: string;
}

/**
 * Reads curl's output of requests with `--verbose`, which leaves out bodies, with `--trace-ascii`, which prints a dot for
 * each unprintable byte, and with `--trace`, which is exact. Throws CaptureError if there is no request.
 */
export function readCurl(bytes: Uint8Array): CaptureEntry[] {
  const sent = [...verboseRequests(bytes), ...tracedRequests(bytes)];
  if (sent.length === 0) throw new CaptureError('curl-empty', 'this curl output contains no request');
  // Requests to a proxy aren't for the receiver.
  return sent.filter(({ head }) => !head.subarray(0, 8).equals(Buffer.from('CONNECT '))).map(entryOf);
}

function entryOf({ head, data, isLossy, flaw }: Sent): CaptureEntry {
  if (flaw !== undefined) return { kind: 'corrupt', reason: flaw };
  try {
    const request = messageIn(Buffer.concat([head, ...data]));
    const fidelity = isLossy && request.fidelity === 'exact' ? 'inexact' : request.fidelity;
    return { kind: 'request', request: { ...request, fidelity, wasSent: true } satisfies CapturedRequest };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { kind: 'corrupt', reason: error.message };
  }
}

/** Lines of a request begin with `> `; the last one has nothing else. */
const verboseLine = /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[\d+-\d+\] )?>(?: (.*))?$/s;

function verboseRequests(bytes: Uint8Array): Sent[] {
  const sent: Sent[] = [];
  let lines: string[] = [];
  for (const text of linesOf(bytes)) {
    const [found, line = ''] = verboseLine.exec(text) ?? [];
    // curl prints its own messages on separate lines in between.
    if (found === undefined || (lines.length === 0 && !/ HTTP\/\d/.test(line))) continue;
    lines.push(line);
    if (line !== '') continue;
    sent.push({ head: Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'), data: [], isLossy: false });
    lines = [];
  }
  return sent;
}

function tracedRequests(bytes: Uint8Array): Sent[] {
  const sent: Sent[] = [];
  for (const block of blocksIn(linesOf(bytes))) {
    const last = sent.at(-1);
    if (block.what === 'Send header') sent.push(sentBy(block));
    else if (last) add(block, last);
  }
  return sent;
}

const flawed = 'its dump is incomplete';

const sentBy = ({ bytes }: Block): Sent => ({
  ...{ head: bytes ?? Buffer.alloc(0), data: [], isLossy: false },
  ...(bytes === undefined && { flaw: flawed }),
});

function add({ bytes, isLossy }: Block, sent: Sent): void {
  if (bytes === undefined) sent.flaw = flawed;
  else sent.data.push(bytes);
  sent.isLossy ||= isLossy;
}

function* linesOf(bytes: Uint8Array): Generator<string> {
  const ended = bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
  for (let line = lineAt(ended, 0); line; line = lineAt(ended, line.next)) yield line.text;
}
