import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import type { HttpClientOptions } from '../../sender/http-client.js';
import { InputError, systemCode, systemWords } from '../../errors.js';
import { readSmall, UnfitFileError } from '../../file/small-file.js';
import type { Ports } from '../../contract/command.js';

export interface TrustFlags {
  cacert?: string | undefined;
  insecure?: boolean | undefined;
}

/** Reads who may pass for the receiver, and warns if anybody may. Throws InputError if the certificates can't be read. */
export async function readTrust(
  { cacert, insecure }: TrustFlags,
  { protocol, host }: URL,
  { environment, reporting: { warn } }: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Pick<HttpClientOptions, 'authorities' | 'isInsecure'>> {
  if (insecure && protocol === 'https:') warn(`--insecure: anybody could pose as ${host}`);
  const authorities = cacert === undefined ? undefined : await readAuthorities(cacert, environment);
  return { authorities, isInsecure: insecure };
}

async function readAuthorities(file: string, { cwd, signal }: Ports['environment']): Promise<Uint8Array> {
  const hint = '--cacert takes a file of certificates (PEM)';
  const opening = { holds: 'certificates', isNamed: true, signal } as const;
  const { bytes: pem } = await readSmall(path.resolve(cwd, file), opening).catch((cause: unknown) => {
    if (cause instanceof UnfitFileError) throw new InputError(`${file} ${cause.message}`, { hint });
    if (systemCode(cause) === '') throw cause;
    throw new InputError(`can't read ${file}: ${systemWords(cause)}`, { cause, hint });
  });
  const blocks = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return pem;
  throw new InputError(`${file} has no valid certificate in it`, {
    hint: 'the file has to be PEM: -----BEGIN CERTIFICATE-----',
  });
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
