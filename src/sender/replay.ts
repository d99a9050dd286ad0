import { InputError } from '../errors.js';
import { reshape } from '../event/reshape.js';
import { hasHeader, isSendable, isToken, isWrittenByClient, redacted, type Header } from '../http/header.js';
import { jsonIn } from '../json/parse.js';
import { valueAt } from '../json/value-at.js';
import { newId, type Clock } from '../ports.js';
import type { CapturedRequest } from '../recording/captured-request.js';
import type { Scheme } from '../scheme/scheme.js';
import { withId } from './fresh-id.js';
import { deliveryId, type DeliveryPlan } from './request.js';

/** A recorded request and its source. */
interface Replayed extends Pick<CapturedRequest, 'method' | 'headers' | 'body'> {
  /** In words. */
  file: string;
  /** From 1. */
  position: number;
}

interface Replaying {
  url: URL;
  /** The user's own headers, which take precedence over the recorded ones. */
  headers: readonly Header[];
  scheme: Scheme;
  /** Whether to re-sign the request; otherwise the recorded signature is sent. */
  isResigned: boolean;
  /** Whether to give the event a new id. */
  isFresh: boolean;
}

/** Plans the recorded request. It goes to the given URL, since nothing in a recording decides where to send it. Throws InputError. */
export function replayPlan(
  { file, position, method, headers: recorded, body }: Replayed,
  { url, headers: own, scheme, isResigned, isFresh }: Replaying,
  clock: Clock,
): DeliveryPlan {
  const planned = isFresh ? withFreshId(body, { scheme, isResigned }, clock) : body;
  if (!planned) throw new InputError(`${file} ${position}: its body has no event id to replace`);
  const replaced = isResigned ? scheme.headers : [];
  const kept = recorded.filter(header => isKept(header, replaced) && !hasHeader(own, header[0].toLowerCase()));
  const headers = [...kept, ...own];
  if (!isToken(method) || method === 'CONNECT' || !headers.every(isSendable)) {
    throw new InputError(`${file} ${position}: its method or one of its headers can't be sent over HTTP`);
  }
  return {
    method,
    url,
    headers,
    body: planned,
    id: isResigned ? deliveryId(scheme, clock, isFresh ? [] : recorded) : undefined,
    signaturePosition: headers.length,
  };
}

/** Undefined if there is no id to replace. An id in a header leaves the body unchanged. */
function withFreshId(
  body: Uint8Array,
  { scheme, isResigned }: Pick<Replaying, 'scheme' | 'isResigned'>,
  clock: Clock,
): Uint8Array | undefined {
  const { id } = scheme.definition;
  if (typeof id === 'object') return isResigned ? body : undefined;
  if (id !== undefined) return withId(body, scheme, newId(clock));
  if (valueAt(jsonIn(body), ['event', 'id']) === undefined) return undefined;
  return reshape(body, { seed: Buffer.from(clock.randomBytes(16)).toString('hex') });
}

function isKept([name, value]: Header, replaced: readonly string[]): boolean {
  const lower = name.toLowerCase();
  // HTTP/2 has its method and target among the headers.
  if (replaced.includes(lower) || lower.startsWith(':')) return false;
  return lower !== 'host' && !isWrittenByClient(lower) && value !== redacted;
}
