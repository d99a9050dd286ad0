import type { RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../delivery/deliver.js';
import { InputError } from '../../errors.js';
import { jsonIn } from '../../event/json.js';
import { reshape } from '../../event/reshape.js';
import { valueAt } from '../../event/value-at.js';
import { hasHeader, isSendable, isToken, isWrittenByClient, redacted, type Header } from '../../http/header.js';
import { algorithmHeader, signatureHeader } from '../../signature/algorithms.js';
import { signatureHeaders } from '../../signature/fin.js';
import type { Secret } from '../../signature/secret.js';
import type { Context } from '../command.js';
import type { Selected } from './select.js';

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
  { entropy }: Pick<Context, 'entropy'>,
): DeliveryRequest {
  if (isFresh && valueAt(jsonIn(recorded), ['event', 'id']) === undefined) {
    throw new InputError(`${file} ${position}: its body has no event id to make anew`);
  }
  const body = isFresh ? reshape(recorded, { seed: Buffer.from(entropy(16)).toString('hex') }) : recorded;
  const signature = secret ? signatureHeaders(body, secret, algorithm) : [];
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
  if (isResigned && [signatureHeader, algorithmHeader].includes(lower)) return false;
  // HTTP/2 has its method and target among the headers.
  return !lower.startsWith(':') && lower !== 'host' && !isWrittenByClient(lower) && value !== redacted;
}
