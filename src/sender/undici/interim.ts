import type { EventEmitter } from 'node:events';

/** The callback of undici's parser for complete headers of a response. */
type HeadersComplete = (status: number, upgrade: boolean, shouldKeepAlive: boolean) => number;

let isDone = false;

/**
 * Makes undici skip an unrequested `100 Continue`, as RFC 9110, 15.2 requires, instead of closing the connection. It skips other
 * interim responses on its own, so its parser is given a 102 for a 100. All parsers share a prototype, which is changed once, by
 * the first connection of an undici Client: later requests cost nothing.
 */
export function skipContinue(client: EventEmitter): void {
  if (isDone) return;
  client.once('connect', () => {
    if (!isDone) changeParser(client);
  });
}

function changeParser(client: EventEmitter): void {
  const parser = hidden(hidden(client, 'socket'), 'parser');
  const prototype = parser && (Object.getPrototypeOf(parser) as { onHeadersComplete: HeadersComplete });
  if (!prototype) throw new Error('This version of undici has no parser where it used to be.');
  const { onHeadersComplete } = prototype;
  prototype.onHeadersComplete = function (status, upgrade, shouldKeepAlive) {
    return onHeadersComplete.call(this, status === 100 ? 102 : status, upgrade, shouldKeepAlive);
  };
  isDone = true;
}

/** Returns the object under a symbol with this description. */
function hidden(owner: object | undefined, description: string): object | undefined {
  const symbol = owner && Object.getOwnPropertySymbols(owner).find(candidate => candidate.description === description);
  return symbol && (owner as Record<symbol, object | undefined>)[symbol];
}
