import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HttpClientOptions } from '../../sender/http-client.js';
import { InputError, systemWords } from '../../errors.js';
import type { Ports } from '../../contract/command.js';

export interface TrustFlags {
  cacert?: string | undefined;
  insecure?: boolean | undefined;
}

/** Reads who may pass for the receiver, and warns if anybody may. Throws InputError if the certificates can't be read. */
export async function readTrust(
  { cacert, insecure }: TrustFlags,
  { protocol, host }: URL,
  { environment: { cwd, env }, reporting: { warn } }: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Pick<HttpClientOptions, 'authorities' | 'isInsecure'>> {
  if (insecure && protocol === 'https:') warn(`--insecure: anybody could pose as ${host}`);
  const authorities =
    cacert === undefined
      ? undefined
      : Buffer.concat([await readAuthorities(cacert, cwd), await extraAuthorities(env['NODE_EXTRA_CA_CERTS'], cwd)]);
  return { authorities, isInsecure: insecure };
}

async function readAuthorities(file: string, cwd: string): Promise<Uint8Array> {
  const pem = await readFile(path.resolve(cwd, file)).catch((cause: unknown) => {
    throw new InputError(`can't read ${file}: ${systemWords(cause)}`, {
      cause,
      hint: '--cacert takes a file of certificates (PEM)',
    });
  });
  if (areCertificates(pem)) return pem;
  throw new InputError(`${file} has no valid certificate in it`, {
    hint: 'the file has to be PEM: -----BEGIN CERTIFICATE-----',
  });
}

/**
 * Returns the authorities that the user has Node trust, after a line break. Node leaves them out where a program names authorities
 * of its own. It has warned already if the file is of no use.
 */
async function extraAuthorities(file: string | undefined, cwd: string): Promise<Uint8Array> {
  const none = Buffer.alloc(0);
  if (!file) return none;
  const pem = await readFile(path.resolve(cwd, file)).catch(() => none);
  return areCertificates(pem) ? Buffer.concat([Buffer.from('\n'), pem]) : none;
}

function areCertificates(pem: Buffer): boolean {
  const blocks = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
