import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Ending } from './ending.js';
import type { OnBug } from './events.js';
import type { Action, Answer } from './responses.js';

interface Plan {
  action: Action;
  /** Milliseconds to wait before the action. */
  delay: number;
  /** Of the server. It ends every wait. */
  ending: Ending;
  /** Whether its connection ends with this answer. */
  isLast: () => boolean;
  onBug: OnBug;
}

/** Carries out a plan. `settle` is called once: when the answer is on its way, or when the client is gone (`isGone`). */
export function writeResponse(response: ServerResponse, plan: Plan, settle: (isGone: boolean) => void): void {
  const { action, delay, ending } = plan;
  const { socket } = response.req;
  if (socket.destroyed) {
    settle(true);
    return;
  }
  const begin = () => {
    clearTimeout(timer);
    stopWaiting?.();
    if (action === 'drop') response.destroy();
    else if (action === 'hang') hang(response, ending);
    else writeSafely(response, action, plan);
  };
  const timer = delay > 0 && !ending.hasBegun() ? setTimeout(begin, delay) : undefined;
  const stopWaiting = timer && ending.wait(begin);
  onceOver(response, isGone => {
    clearTimeout(timer);
    stopWaiting?.();
    settle(isGone);
  });
  if (timer === undefined) begin();
}

/** Node doesn't notify an answer that waits behind another one when their connection closes, so this listens to both. */
function onceOver(response: ServerResponse, settle: (isGone: boolean) => void): void {
  const { socket } = response.req;
  let [isGone, isOver] = [true, false];
  // Node emits it for an answer that was lost with its connection, too. After Node's own handler, the connection may end.
  response.prependOnceListener('finish', () => {
    isGone = socket.destroyed || socket.errored !== null;
  });
  const over = () => {
    response.off('close', over);
    socket.off('close', over);
    // Either event may be emitted while the other one is handled.
    if (!isOver) settle(isGone);
    isOver = true;
  };
  response.once('close', over);
  socket.once('close', over);
}

function hang(response: ServerResponse, ending: Ending): void {
  const give = () => response.destroy();
  if (ending.hasBegun()) give();
  // Node doesn't notify an answer that waits behind another one when their connection closes.
  else response.req.socket.once('close', ending.wait(give));
}

/** An answer that Node refuses to write, such as one with a header that isn't HTTP, becomes 500. */
function writeSafely(response: ServerResponse, answer: Answer, { isLast, onBug }: Plan): void {
  try {
    write(response, answer, isLast());
  } catch (error) {
    onBug(error);
    if (response.headersSent) response.destroy();
    else write(response, { status: 500 }, isLast());
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
  // The text is the same for every answer with this status, so that an attacker learns nothing from it.
  const text = `${STATUS_CODES[status] ?? 'Unnamed'}\n`;
  const type = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...(hasBody(status) && type), ...headers });
  response.end(hasBody(status) ? text : undefined);
}

const hasBody = (status: number): boolean => status !== 204 && status !== 304;
