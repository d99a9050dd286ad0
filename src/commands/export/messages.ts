import type { CapturedRequest } from '../../recording/captured-request.js';
import { curlCommand } from '../../sender/formats/curl.js';
import type { DeliveryRequest } from '../../sender/http-client.js';
import { httpMessage } from '../../sender/formats/http-message.js';
import { InputError } from '../../errors.js';
import { isSendable, isToken, isWrittenByClient } from '../../http/header.js';
import { isRequestTarget, originForm, targetOf } from '../../http/target.js';
import type { Reporting } from '../../ports.js';

/** A part of a document, and the number of requests in it. */
export interface Part {
  bytes: Uint8Array;
  requests: number;
}

/** A request, and its position in its file, from 1. */
export type Numbered = CapturedRequest & { position: number };

/** The host for requests without one. */
export const placeholder = new URL('http://localhost/');

const forms: Record<'http' | 'curl', (message: DeliveryRequest) => Uint8Array> = {
  http: httpMessage,
  curl: message => Buffer.from(`${curlCommand(message)}\n`),
};

/** Leaves out requests that aren't valid HTTP: their text would be parsed as something else. */
export async function* messageParts(
  requests: AsyncIterable<Numbered>,
  form: keyof typeof forms,
  {
    file,
    url,
    reporting: { fail },
  }: { file: string; url?: URL | undefined; reporting: Pick<Reporting<unknown>, 'fail'> },
): AsyncGenerator<Part> {
  for await (const request of requests) {
    const message = deliveryOf(request, url);
    if (isToken(message.method) && isRequestTarget(targetOf(message)) && message.headers.every(isSendable)) {
      yield { bytes: forms[form](message), requests: 1 };
      continue;
    }
    const what = "its method, target or one of its headers isn't valid in HTTP";
    fail(new InputError(`${file} ${request.position}: ${what}, so it is left out`));
  }
}

function deliveryOf({ method, target, headers, body }: CapturedRequest, url: URL | undefined): DeliveryRequest {
  const [, host = ''] = headers.find(([name]) => name.toLowerCase() === 'host') ?? [];
  const base = /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : placeholder;
  const kept = headers.filter(([name]) => !isWrittenByClient(name) && name.toLowerCase() !== 'host');
  if (url) return { method, url, headers: kept, body };
  return { method, url: base, target: originForm(target), headers: kept, body };
}
