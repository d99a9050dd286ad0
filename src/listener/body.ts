import type { IncomingMessage } from 'node:http';
import type { ReceivedRequest } from './received.js';

/** Bytes. */
const largestBody = 1024 * 1024;
const largestTotal = 64 * 1024 * 1024;

/** How many bytes of bodies are held at a time, over all requests. */
export interface BodyBudget {
  held: number;
}

export const createBodyBudget = (): BodyBudget => ({ held: 0 });

export interface CollectedBody extends Pick<ReceivedRequest, 'body' | 'flaw'> {
  /** To be called when the body is needed no more. */
  release: () => void;
}

/** Hands over the body exactly once: when it is whole, too large, or will never be whole. */
export function collectBody(
  message: IncomingMessage,
  budget: BodyBudget,
  deliver: (body: CollectedBody) => void,
): void {
  // Listening for chunks costs a fifth less than iterating over the message.
  const chunks: Buffer[] = [];
  let [length, isDone] = [0, false];

  const finish = (flaw?: ReceivedRequest['flaw']) => {
    if (isDone) return;
    isDone = true;
    const isKept = flaw === undefined || flaw === 'body-incomplete';
    const body = isKept ? Buffer.concat(chunks, length) : Buffer.alloc(0);
    const kept = isKept ? length : 0;
    budget.held -= length - kept;
    chunks.length = 0;
    deliver({
      body,
      ...(flaw && { flaw }),
      release: () => {
        budget.held -= kept;
      },
    });
  };

  message.on('data', (chunk: Buffer) => {
    // What comes after a refusal is read and dropped, so that the client gets to read its answer.
    if (isDone) return;
    length += chunk.length;
    budget.held += chunk.length;
    chunks.push(chunk);
    if (length > largestBody) finish('body-too-large');
    else if (budget.held > largestTotal) finish('too-many-bodies');
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
