import type { Header } from '../../http/header.js';
import type { Failure } from '../../sender/failure.js';
import { createHttpClient, type HttpClient, type Connecting, type Reply } from '../../sender/http-client.js';
import { longestOutput, outputOf, type Program, type ProgramFailure } from './program.js';

/** The subject of a probe. */
export interface Ids {
  customer: string;
  event: string;
}

/** Why the probe gave no output. */
export type ProbeFailure =
  | ProgramFailure
  /** `words`: the body of the response, unchecked. */
  | { kind: 'status'; status: number; words: string }
  | { kind: 'connection'; url: URL; failure: Failure };

/** The user's way to read the application's state. Its output is opaque text. */
export interface Probe {
  /** Rejects with the signal's reason once it is aborted. */
  ask: (ids: Ids, signal: AbortSignal) => Promise<{ output: string } | { failure: ProbeFailure }>;
  close: () => Promise<void>;
}

/** Puts ids into a command or a URL. */
const withIds = (text: string, { customer, event }: Ids): string =>
  text.replaceAll('{customer}', customer).replaceAll('{event}', event);

/** A command, which also gets the ids as variables. */
export const commandProbe = (program: Program): Probe => ({
  ask: (ids, signal) =>
    outputOf(
      {
        ...program,
        command: withIds(program.command, ids),
        env: { ...program.env, WEBHOOK_CUSTOMER_ID: ids.customer, WEBHOOK_EVENT_ID: ids.event },
      },
      signal,
    ),
  close: () => Promise.resolve(),
});

interface UrlProbe {
  /** May contain {customer} and {event}. */
  url: string;
  /** Returns the headers for a URL. */
  headersFor: (url: URL) => Header[];
  /** Milliseconds. */
  timeout: number;
  connecting: Connecting;
}

/** A URL to GET. An unknown customer (404) is a state like any other. */
export function urlProbe({ url: template, headersFor, timeout, connecting }: UrlProbe): Probe {
  const client: HttpClient = createHttpClient({ timeout, ...connecting, isFresh: true });
  return {
    async ask(ids, signal) {
      const url = new URL(withIds(template, ids));
      const request = { method: 'GET', url, headers: headersFor(url), body: new Uint8Array() };
      const attempt = await client.deliver(request, signal);
      return 'failure' in attempt
        ? { failure: { kind: 'connection', url, failure: attempt.failure } }
        : answerIn(attempt.reply);
    },
    close: client.close,
  };
}

function answerIn({ status, body, isBodyCut }: Reply): { output: string } | { failure: ProbeFailure } {
  const words = Buffer.from(body).toString();
  if (isBodyCut) return { failure: { kind: 'too-long', bytes: longestOutput } };
  if (status === 404 || status === 410) return { output: `status ${status}` };
  return status >= 200 && status < 300 ? { output: words } : { failure: { kind: 'status', status, words } };
}
