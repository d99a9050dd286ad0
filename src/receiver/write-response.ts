import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Ending } from './ending.js';
import type { OnBug } from './events.js';
import type { Action, Answer } from './responses.js';

interface Plan {
  action: Action;
  /** Milliseconds to wait before the action. */
  delay: number;
  /** The server's ending, which ends every wait. */
  ending: Ending;
  /** Whether its connection ends with this response. */
  isLast: () => boolean;
  onBug: OnBug;
}

/** The outcome of a plan. */
export interface Outcome {
  /** The action taken, which differs from the plan after a bug. */
  action: Action;
  /** Whether the client left before its response was sent. */
  isGone: boolean;
}

/** Carries out a plan. `settle` is called once: when the response was sent or the client is gone. */
export function writeResponse(response: ServerResponse, plan: Plan, settle: (outcome: Outcome) => void): void {
  const { action, delay, ending } = plan;
  const { socket } = response.req;
  if (socket.destroyed) {
    settle({ action, isGone: true });
    return;
  }
  let done = action;
  const begin = () => {
    clearTimeout(timer);
    stopWaiting?.();
    if (action === 'drop') response.destroy();
    else if (action === 'hang') hang(response, ending);
    else done = writeSafely(response, action, plan);
  };
  const timer = delay > 0 && !ending.hasBegun() ? setTimeout(begin, delay) : undefined;
  const stopWaiting = timer && ending.wait(begin);
  onceOver(response, isGone => {
    clearTimeout(timer);
    stopWaiting?.();
    settle({ action: done, isGone });
  });
  if (timer === undefined) begin();
}

/** Node doesn't notify a queued response when its connection closes, so this listens to both. */
function onceOver(response: ServerResponse, settle: (isGone: boolean) => void): void {
  const { socket } = response.req;
  let [isGone, isOver] = [true, false];
  // Node also emits it for a response that was lost with its connection. After Node's own handler, the connection may end.
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
  // Node doesn't notify a queued response when its connection closes.
  else response.req.socket.once('close', ending.wait(give));
}

/** Sends a 500 instead of a response that Node refuses to write, such as one with an invalid header. Returns the action taken. */
function writeSafely(response: ServerResponse, answer: Answer, { isLast, onBug }: Plan): Action {
  try {
    write(response, answer, isLast());
    return answer;
  } catch (error) {
    onBug(error);
    if (response.headersSent) {
      response.destroy();
      return 'drop';
    }
    const substitute = { status: 500 };
    write(response, substitute, isLast());
    return substitute;
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
  // The text is the same for every response with this status, so that attackers learn nothing.
  const text = `${STATUS_CODES[status] ?? 'Unnamed'}\n`;
  const type = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...(hasBody(status) && type), ...headers });
  response.end(hasBody(status) ? text : undefined);
}

const hasBody = (status: number): boolean => status !== 204 && status !== 304;
