import type { IncomingMessage } from 'node:http';
import type { Limits } from './limits.js';
import type { ReceivedRequest } from './received-request.js';

/** The limits for bodies and their current use. */
export interface BodyBudget extends Pick<Limits, 'largestBody' | 'largestTotal'> {
  /** Bytes of all bodies that are in memory. */
  held: number;
}

interface CollectedBody extends Pick<ReceivedRequest, 'body' | 'flaw'> {
  /** Returns the body's bytes to the budget once it is no longer needed. */
  release: () => void;
}

/** Calls `deliver` exactly once: when the body is complete, too large, or will never be complete. */
export function collectBody(
  message: IncomingMessage,
  budget: BodyBudget,
  deliver: (body: CollectedBody) => void,
): void {
  // `data` events cost a fifth less than iterating over the message.
  const chunks: Buffer[] = [];
  let [length, isDone] = [0, false];

  const finish = (flaw?: ReceivedRequest['flaw']) => {
    if (isDone) return;
    isDone = true;
    const isKept = flaw === undefined || flaw === 'body-incomplete';
    const body = isKept ? Buffer.concat(chunks, length) : Buffer.alloc(0);
    const kept = body.length;
    budget.held -= length - kept;
    chunks.length = 0;
    const release = () => {
      budget.held -= kept;
    };
    deliver({ body, release, ...(flaw && { flaw }) });
  };

  message.on('data', (chunk: Buffer) => {
    // After a refusal, read and discard the rest, so that the client can read its response.
    if (isDone) return;
    length += chunk.length;
    budget.held += chunk.length;
    chunks.push(chunk);
    if (length > budget.largestBody) finish('body-too-large');
    else if (budget.held > budget.largestTotal) finish('too-many-bodies');
  });
  message.on('end', () => {
    finish();
  });
  message.on('close', () => {
    finish('body-incomplete');
  });
  message.on('error', () => {
    finish('body-incomplete');
  });
}
