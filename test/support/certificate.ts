import type { RequestListener } from 'node:http';
import { createSelfSigned, startTlsReceiver } from './authority.js';

export interface SecureReceiver {
  url: string;
  /** Of the certificate that it shows, which nobody else vouches for. */
  certificate: string;
  /** How many requests came through. */
  heard: () => number;
}

/** A receiver on https and a free port, with a certificate of its own making for `name`, which ends with the test. */
export async function startSecureReceiver(
  answer: RequestListener = (_, response) => response.writeHead(200).end(),
  name = 'IP:127.0.0.1',
): Promise<SecureReceiver> {
  const identity = createSelfSigned(name);
  let heard = 0;
  const { url } = await startTlsReceiver(identity, {}, (request, response) => {
    heard += 1;
    answer(request, response);
  });
  return { url, certificate: identity.certificate, heard: () => heard };
}
