import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.js';

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
  const folder = temporaryFolder();
  const [keyFile, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const flags = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=receiver', '-addext'];
  const files = ['-keyout', keyFile, '-out', certificate];
  execFileSync('openssl', ['req', ...flags, `subjectAltName=${name}`, ...files], { stdio: 'ignore' });
  let heard = 0;
  const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certificate) }, (request, response) => {
    heard += 1;
    request.resume();
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/`, certificate, heard: () => heard };
}
