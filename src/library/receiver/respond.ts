import { isPromise, isUint8Array } from 'node:util/types';
import { UsageError } from '../../errors.js';
import { hasHeader, isWrittenByClient, type Header } from '../../http/header.js';
import type { Action, Answer } from '../../receiver/responses.js';
import { bytesOf } from '../body.js';
import type { WebhookRequest } from './request.js';

/**
 * How to respond to an accepted request: a status, a whole response, `drop` to close the connection without a response,
 * or `hang` to keep the sender waiting until it gives up or the receiver is closed.
 */
export type ResponseInput = number | 'drop' | 'hang' | ResponseParts;

export interface ResponseParts {
  /** From 200 to 599. Default: 200. */
  status?: number | undefined;
  headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Text, bytes, or a value to serialise as JSON. Default: the name of the status. */
  body?: string | Uint8Array | object | undefined;
}

/** Decides about one request. Without a result, the response is 200. */
export type ResponseFunction = (
  request: WebhookRequest,
  context: {
    /** Aborted when the receiver is closed. */
    signal: AbortSignal;
  },
) => ResponseInput | undefined | Promise<ResponseInput | undefined>;

/** One response for all accepted requests, a list to use in order (the last repeats), or a function of the request. */
export type Respond = ResponseInput | readonly ResponseInput[] | ResponseFunction;

/** Decides about requests in order; undefined leaves the decision to the receiver. */
export type Decide = (request: WebhookRequest, signal: AbortSignal) => Action | undefined | Promise<Action | undefined>;

/** Throws UsageError for an invalid response; one that a function returns throws only then. */
export function createDecide(respond: Respond | undefined): Decide {
  if (typeof respond === 'function')
    return (request, signal) => {
      const decided = respond(request, { signal });
      return isPromise(decided) ? Promise.resolve(decided).then(actionIfAny) : actionIfAny(decided);
    };
  const given = respond === undefined ? [] : isList(respond) ? respond : [respond];
  const plan = given.map(actionOf);
  let turn = 0;
  return () => plan[Math.min(turn++, plan.length - 1)];
}

const isList = (respond: ResponseInput | readonly ResponseInput[]): respond is readonly ResponseInput[] =>
  Array.isArray(respond);

const actionIfAny = (input: ResponseInput | undefined): Action | undefined =>
  input === undefined ? undefined : actionOf(input);

function actionOf(input: ResponseInput): Action {
  if (input === 'drop' || input === 'hang') return input;
  const { status = 200, headers = {}, body } = typeof input === 'object' ? input : { status: input };
  refuseBadStatus(status);
  const own = ownHeaders(headers);
  return body === undefined && own.length === 0 ? { status } : { status, content: contentOf(own, body) };
}

function refuseBadStatus(status: number): void {
  if (Number.isInteger(status) && status >= 200 && status <= 599) return;
  throw new UsageError(`respond: ${String(status)} isn't a status`, { hint: 'use 200 to 599, "drop" or "hang"' });
}

function contentOf(own: readonly Header[], body: ResponseParts['body']): NonNullable<Answer['content']> {
  const type: Header[] = hasHeader(own, 'content-type') ? [] : [['content-type', typeOf(body)]];
  return { headers: [...type, ...own], body: bytesOf(body ?? '') };
}

function ownHeaders(headers: NonNullable<ResponseParts['headers']>): Header[] {
  const own = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): Header => [name, one]));
  const written = own.find(([name]) => isWrittenByClient(name));
  if (!written) return own;
  throw new UsageError(`respond: ${written[0]} is set by the receiver`, { hint: 'leave it out' });
}

const typeOf = (body: ResponseParts['body']): string => {
  if (isUint8Array(body)) return 'application/octet-stream';
  return typeof body === 'object' ? 'application/json' : 'text/plain; charset=utf-8';
};
