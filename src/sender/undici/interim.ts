import type { EventEmitter } from 'node:events';

/** What undici's parser calls when the headers of an answer are complete. */
type HeadersComplete = (status: number, upgrade: boolean, shouldKeepAlive: boolean) => number;

let isDone = false;

/**
 * Makes undici skip a `100 Continue` that nobody asked for, as RFC 9110, 15.2 requires; it would close the connection. Other
 * interim answers it skips by itself, so to its parser a 100 is a 102. All parsers have one prototype, which is changed once, by
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

/** The object that another one keeps under a symbol with this description. */
function hidden(owner: object | undefined, description: string): object | undefined {
  const symbol = owner && Object.getOwnPropertySymbols(owner).find(candidate => candidate.description === description);
  return symbol && (owner as Record<symbol, object | undefined>)[symbol];
}
