import type { ServerResponse } from 'node:http';
import type { ExchangeReport } from '../exchange/reports.js';
import { PageProblem } from './problem.js';
import { begin } from './respond.js';

/** The clients that follow new requests by server-sent events. */
export interface Streams {
  /** Begins a stream with the requests it missed. Throws PageProblem if there are too many streams. */
  open: (response: ServerResponse, missed: () => readonly ExchangeReport[]) => void;
  /** Sends a request to all clients, batched with others that arrive shortly afterwards. */
  add: (report: ExchangeReport) => void;
  close: () => void;
}

const most = 16;

/** In milliseconds. A write for each request would cost the receiver more than the request. */
const moment = 50;

/** In milliseconds. */
const keepAlive = 15_000;

/** In bytes that a client hasn't read. A slow client is cut off; it reconnects and asks for what it missed. */
const longestQueue = 2 * 1024 * 1024;

export function createStreams(): Streams {
  const clients = new Set<ServerResponse>();
  let waiting: ExchangeReport[] = [];
  let timer: NodeJS.Timeout | undefined;

  const write = (client: ServerResponse, text: string): void => {
    client.write(text);
    if (client.writableLength > longestQueue) client.destroy();
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = eventsFor(waiting);
    waiting = [];
    if (text !== '') for (const client of clients) write(client, text);
  };
  const ticking = setInterval(() => {
    for (const client of clients) write(client, ':\n\n');
  }, keepAlive);
  ticking.unref();

  return {
    open(response, missed) {
      if (clients.size >= most) throw new PageProblem(503, 'too many pages are open');
      // The missed requests include those still waiting to be sent.
      flush();
      begin(response, 200, { 'content-type': 'text/event-stream' });
      response.on('close', () => clients.delete(response));
      clients.add(response);
      write(response, `retry: 1000\n\n${eventsFor(missed())}`);
    },
    add(report) {
      if (clients.size === 0) return;
      waiting.push(report);
      timer ??= setTimeout(flush, moment);
    },
    close() {
      clearInterval(ticking);
      flush();
      for (const client of clients) client.end();
    },
  };
}

const eventsFor = (reports: readonly ExchangeReport[]): string =>
  reports.map(report => `event: exchange\nid: ${report.index}\ndata: ${JSON.stringify(report)}\n\n`).join('');
