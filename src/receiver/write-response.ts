import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Action, Answer } from './received-request.js';

interface Plan {
  action: Action;
  /** Milliseconds. */
  delay: number;
  /** Aborted when the listener is closed: then nothing is waited for. */
  ending: AbortSignal;
  /** Whether no other request is in progress on its connection. */
  isLast: () => boolean;
}

/** Answers, or doesn't, as planned; `settle` is called once, when that is done or the client is gone (`isGone`). */
export function act(response: ServerResponse, plan: Plan, settle: (isGone: boolean) => void): void {
  const { action, delay, ending } = plan;
  const { socket } = response.req;
  if (socket.destroyed) {
    settle(true);
    return;
  }
  const begin = () => {
    clearTimeout(timer);
    ending.removeEventListener('abort', begin);
    if (action === 'drop') response.destroy();
    else if (action === 'hang') hang(response, ending);
    else write(response, action, ending.aborted && plan.isLast());
  };
  const timer = delay > 0 && !ending.aborted ? setTimeout(begin, delay) : undefined;
  onceOver(response, isGone => {
    clearTimeout(timer);
    ending.removeEventListener('abort', begin);
    settle(isGone);
  });
  if (timer === undefined) begin();
  else ending.addEventListener('abort', begin);
}

/** An answer that waits for another one on its connection isn't told when that closes: so both are listened to. */
function onceOver(response: ServerResponse, settle: (isGone: boolean) => void): void {
  const { socket } = response.req;
  let [isGone, isOver] = [true, false];
  // It comes for an answer that was lost with its connection, too; and once Node has seen it, it may end the connection.
  response.prependOnceListener('finish', () => {
    isGone = socket.destroyed || socket.errored !== null;
  });
  const over = () => {
    response.off('close', over);
    socket.off('close', over);
    // While one of the two tells of it, the other may.
    if (!isOver) settle(isGone);
    isOver = true;
  };
  response.once('close', over);
  socket.once('close', over);
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

function write(response: ServerResponse, { status, headers = {}, content }: Answer, isLast: boolean): void {
  if (isLast) response.setHeader('connection', 'close');
  if (content) {
    const length = hasBody(status) ? ['content-length', String(content.body.length)] : [];
    response.writeHead(status, [...content.headers.flat(), ...length]);
    response.end(hasBody(status) ? content.body : undefined);
    return;
  }
  // The words are the same for every answer with this status: they tell an attacker nothing.
  const text = `${STATUS_CODES[status] ?? 'Unnamed'}\n`;
  const type = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...(hasBody(status) && type), ...headers });
  response.end(hasBody(status) ? text : undefined);
}

const hasBody = (status: number): boolean => status !== 204 && status !== 304;
