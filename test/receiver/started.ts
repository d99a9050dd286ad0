import { onTestFinished } from 'vitest';
import { startListener, type Listener } from '../../src/receiver/server.js';
import type { Limits } from '../../src/receiver/limits.js';
import type { Action, ProtocolError, ReceivedRequest } from '../../src/receiver/received-request.js';
import { answerTo, judge } from '../../src/receiver/assessment.js';
import { inspect } from '../support/events.js';

export interface Started extends Listener {
  requests: ReceivedRequest[];
  nonsense: ProtocolError[];
  /** How many requests are done with. */
  settled: () => number;
  /** Whether the client was gone before its answer was on its way, of each of them. */
  gone: boolean[];
}

interface Plan {
  limits?: Partial<Limits>;
  path?: string;
  /** For requests that aren't refused; 200 if it isn't given. */
  act?: (request: ReceivedRequest) => Action;
  /** Milliseconds. */
  delay?: (request: ReceivedRequest) => number;
}

/** A listener on a free port that accepts any body, and remembers what came. It is closed with the test. */
export async function started({
  limits = {},
  path,
  act = () => ({ status: 200 }),
  delay,
}: Plan = {}): Promise<Started> {
  const [requests, nonsense]: [ReceivedRequest[], ProtocolError[]] = [[], []];
  let settled = 0;
  const gone: boolean[] = [];
  const listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    now: () => new Date('2026-01-01T00:00:00Z'),
    limits: { grace: 100, ...limits },
    respond: request => {
      requests.push(request);
      const judgement = judge(request, { inspect, secrets: undefined, path });
      return {
        action: judgement.refusal ? answerTo(judgement) : act(request),
        delay: delay?.(request) ?? 0,
        settled: ({ isGone }) => {
          settled += 1;
          gone.push(isGone);
        },
      };
    },
    onProtocolError: found => nonsense.push(found),
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= listener.close());
  onTestFinished(close);
  return { ...listener, close, requests, nonsense, gone, settled: () => settled };
}
