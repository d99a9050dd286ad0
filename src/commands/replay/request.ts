import type { RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../sender/http-client.js';
import { InputError } from '../../errors.js';
import { jsonIn } from '../../json/parse.js';
import { reshape } from '../../event/reshape.js';
import { valueAt } from '../../json/value-at.js';
import { hasHeader, isSendable, isToken, isWrittenByClient, redacted, type Header } from '../../http/header.js';
import type { Secret } from '../../scheme/secret.js';
import type { Context } from '../command.js';
import type { Selected } from './select.js';
import { defaultScheme } from '../../scheme/schemes.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

interface Making {
  settings: RequestSettings;
  /** None: the recorded signature goes out. */
  secret: Secret | undefined;
  isFresh: boolean;
}

/** The recorded request, towards the target of the flags: nothing in a recording says where it goes. */
export function replayedRequest(
  { file, position, method, headers, body: recorded }: Selected,
  { settings: { url, headers: own, algorithm }, secret, isFresh }: Making,
  { entropy, now }: Pick<Context, 'entropy' | 'now'>,
): DeliveryRequest {
  if (isFresh && valueAt(jsonIn(recorded), ['event', 'id']) === undefined) {
    throw new InputError(`${file} ${position}: its body has no event id to make anew`);
  }
  const body = isFresh ? reshape(recorded, { seed: Buffer.from(entropy(16)).toString('hex') }) : recorded;
  const signature = secret ? defaultScheme.sign({ method, headers, body }, { secret, algorithm, now: now() }) : [];
  const replaced = [...own, ...signature];
  const kept = headers.filter(
    header => isSentAgain(header, secret !== undefined) && !hasHeader(replaced, header[0].toLowerCase()),
  );
  const sent = [...kept, ...replaced];
  if (!isToken(method) || method === 'CONNECT' || !sent.every(isSendable)) {
    throw new InputError(`${file} ${position}: its method or a header of it can't be sent over HTTP`);
  }
  return { method, url, headers: sent, body };
}

function isSentAgain([name, value]: Header, isResigned: boolean): boolean {
  const lower = name.toLowerCase();
  if (isResigned && headersOf(defaultPreset).includes(lower)) return false;
  // HTTP/2 has its method and target among the headers.
  return !lower.startsWith(':') && lower !== 'host' && !isWrittenByClient(lower) && value !== redacted;
}
