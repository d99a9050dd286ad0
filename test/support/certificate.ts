import type { RequestListener } from 'node:http';
import { createSelfSigned, startTlsReceiver } from './authority.js';

export interface SecureReceiver {
  url: string;
  /** The certificate that it presents, which nobody else trusts. */
  certificate: string;
  /** How many requests arrived. */
  heard: () => number;
}

/** A receiver on https and a free port, with a self-signed certificate for `name`. It stops after the test. */
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
