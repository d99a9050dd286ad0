import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.js';

/** PEM files. */
export interface Identity {
  key: string;
  certificate: string;
}

export interface Authority {
  certificate: string;
  /** Makes a key, and a certificate for `name` that this authority signs with `digest`. */
  issue: (options?: { name?: string; digest?: string }) => Identity;
}

/** An elliptic-curve key is made at once; an RSA key takes seconds on a busy machine. */
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout'];

const openssl = (...argv: string[]): unknown => execFileSync('openssl', argv, { stdio: 'ignore' });

/** A certificate authority for the test, which nobody else trusts. */
export function createAuthority(): Authority {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder, name);
  const [caKey, certificate] = [file('ca-key.pem'), file('ca.pem')];
  openssl('req', '-x509', ...newKey, caKey, '-out', certificate, '-days', '1', '-subj', '/CN=authority');
  let serial = 1;
  return {
    certificate,
    issue: ({ name = 'IP:127.0.0.1', digest = 'sha256' } = {}) => {
      serial += 1;
      const [key, request, issued, extensions] = ['key', 'csr', 'crt', 'ext'].map(end => file(`${serial}.${end}`)) as [
        string,
        string,
        string,
        string,
      ];
      writeFileSync(extensions, `subjectAltName=${name}\n`);
      openssl('req', ...newKey, key, '-out', request, '-subj', '/CN=issued');
      const signer = ['-CA', certificate, '-CAkey', caKey, '-set_serial', String(serial)];
      openssl('x509', '-req', `-${digest}`, ...signer, '-days', '1', '-extfile', extensions, '-in', request, '-out', issued); // prettier-ignore
      return { key, certificate: issued };
    },
  };
}

/** A certificate for `name` from an unknown authority. */
export function createSelfSigned(name: string): Identity {
  const folder = temporaryFolder();
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const facts = ['-days', '1', '-subj', '/CN=receiver', '-addext', `subjectAltName=${name}`];
  openssl('req', '-x509', ...newKey, key, '-out', certificate, ...facts);
  return { key, certificate };
}

/** A receiver on https and a free port that presents `identity`. It stops after the test. */
export async function startTlsReceiver(
  identity: Identity,
  options: ServerOptions = {},
  answer: RequestListener = (_, response) => response.writeHead(200).end(),
): Promise<{ url: string }> {
  const { key, certificate } = identity;
  const keys = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createServer({ ...keys, ...options }, (request, response) => {
    request.resume();
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
