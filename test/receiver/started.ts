import { onTestFinished } from 'vitest';
import { answerTo, assess } from '../../src/receiver/assessment.js';
import type { Limits } from '../../src/receiver/limits.js';
import type { ProtocolError, ReceivedRequest } from '../../src/receiver/received-request.js';
import type { Action } from '../../src/receiver/responses.js';
import { startServer, type RunningServer } from '../../src/receiver/server.js';
import { schemes } from '../../src/scheme/schemes.js';

export interface Started extends RunningServer {
  requests: ReceivedRequest[];
  protocolErrors: ProtocolError[];
  /** How many requests got a response or were abandoned. */
  settled: () => number;
  /** For each of them, whether the client was gone before the response was sent. */
  gone: boolean[];
}

interface Plan {
  host?: string;
  limits?: Partial<Limits>;
  path?: string;
  /** For requests that aren't refused; 200 by default. */
  act?: (request: ReceivedRequest) => Action;
  /** Milliseconds. */
  delay?: (request: ReceivedRequest) => number;
}

/** A server on a free port that accepts any body, and remembers what it received. It is closed after the test. */
export async function started({
  host = '127.0.0.1',
  limits = {},
  path,
  act = () => ({ status: 200 }),
  delay,
}: Plan = {}): Promise<Started> {
  const [requests, protocolErrors]: [ReceivedRequest[], ProtocolError[]] = [[], []];
  let settled = 0;
  const gone: boolean[] = [];
  const server = await startServer({
    host,
    port: 0,
    clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    limits: { grace: 100, ...limits },
    respond: request => {
      requests.push(request);
      const assessment = assess(request, { scheme: schemes.fin, secrets: undefined, path });
      return {
        action: assessment.refusal ? answerTo(assessment) : act(request),
        delay: delay?.(request) ?? 0,
        settled: ({ isGone }) => {
          settled += 1;
          gone.push(isGone);
        },
      };
    },
    onProtocolError: found => protocolErrors.push(found),
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= server.close());
  onTestFinished(close);
  return { ...server, close, requests, protocolErrors, gone, settled: () => settled };
}
