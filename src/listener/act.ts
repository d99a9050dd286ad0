import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Action, Answer } from './received.js';

interface Plan {
  action: Action;
  /** Milliseconds. */
  delay: number;
  /** Aborted when the listener is closed: then nothing is waited for. */
  ending: AbortSignal;
}

/** Answers, or doesn't, as planned; `settle` is called once, when that is done or the client is gone. */
export function act(response: ServerResponse, { action, delay, ending }: Plan, settle: () => void): void {
  if (response.closed) {
    settle();
    return;
  }
  response.once('close', settle);
  const begin = () => {
    clearTimeout(timer);
    ending.removeEventListener('abort', begin);
    if (response.closed) return;
    if (action === 'drop') response.destroy();
    else if (action === 'hang') hang(response, ending);
    else write(response, action, ending.aborted);
  };
  const timer = delay > 0 && !ending.aborted ? setTimeout(begin, delay) : undefined;
  if (timer === undefined) begin();
  else ending.addEventListener('abort', begin);
}

function hang(response: ServerResponse, ending: AbortSignal): void {
  const give = () => response.destroy();
  if (ending.aborted) give();
  else {
    ending.addEventListener('abort', give);
    response.once('close', () => {
      ending.removeEventListener('abort', give);
    });
  }
}

/** The words are the same for every answer with this status: they tell an attacker nothing. */
function write(response: ServerResponse, { status, headers = {} }: Answer, isLast: boolean): void {
  const text = `${STATUS_CODES[status] ?? 'Unnamed'}\n`;
  const isEmpty = status === 204 || status === 304;
  const content = isEmpty
    ? {}
    : { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  // A connection that is kept would keep the listener from closing.
  response.writeHead(status, { ...content, ...headers, ...(isLast && { connection: 'close' }) });
  response.end(isEmpty ? undefined : text);
}
