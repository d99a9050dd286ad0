import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import path from 'node:path';
import type { Trust } from '../../sender/http-client.js';
import { InputError, localIfShort, systemCode, systemWords } from '../../errors.js';
import { readSmall, UnfitFileError } from '../../file/small-file.js';
import type { Ports } from '../../contract/command.js';
import type { ConnectionFlags } from './flags.js';

type Place = Ports['environment'];

interface TrustOptions extends ConnectionFlags {
  /** The prefix of these flags' names: `forward-`, for --forward-cacert. */
  prefix?: string | undefined;
}

/**
 * Reads the certificates to trust, and the sender's own. Warns if any certificate is accepted. Throws
 * InputError for an unusable file.
 */
export async function readTrust(
  { cacert, cert, key, insecure, prefix = '' }: TrustOptions,
  { protocol, host }: URL,
  { environment, reporting: { warn } }: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Trust> {
  if (insecure && protocol === 'https:') warn(`--${prefix}insecure: anyone could impersonate ${host}`);
  const authorities =
    cacert === undefined
      ? undefined
      : Buffer.concat([
          await readAuthorities(cacert, environment, `--${prefix}cacert`),
          await extraAuthorities(environment),
        ]);
  const identity =
    cert === undefined || key === undefined ? undefined : await readIdentity({ cert, key }, { environment, warn });
  return { authorities, identity, isInsecure: insecure };
}

async function readIdentity(
  { cert, key }: { cert: string; key: string },
  { environment, warn }: { environment: Place; warn: (message: string) => void },
): Promise<Trust['identity']> {
  const { pem: certificate } = await readPem(cert, environment, '--cert takes a file with your PEM certificate');
  if (!areCertificates(certificate)) throw notPem(cert, 'certificate');
  const { pem, mode } = await readPem(key, environment, '--key takes a file with the PEM private key of --cert');
  if (mode & 0o077) warn(`${key} is a private key that others can read; run chmod 600 on it`);
  if (!new X509Certificate(certificate).checkPrivateKey(privateKey(key, pem))) {
    throw new InputError(`${key} isn't the private key of ${cert}`, {
      hint: 'if the file has several certificates, yours has to come first',
    });
  }
  return { certificate, key: pem };
}

/** Throws InputError, which never quotes the key. */
function privateKey(file: string, pem: Buffer): KeyObject {
  if (/-----BEGIN ENCRYPTED|^Proc-Type: *4, *ENCRYPTED/m.test(pem.toString('latin1'))) {
    throw new InputError(`the private key in ${file} is encrypted`, {
      hint: 'decrypt it into a private file: umask 077; openssl pkey -in <file> -out <other file>',
    });
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw notPem(file, 'private key');
  }
}

async function readAuthorities(file: string, environment: Place, flag: string): Promise<Uint8Array> {
  const { pem } = await readPem(file, environment, `${flag} takes a file of PEM certificates`);
  if (areCertificates(pem)) return pem;
  throw notPem(file, 'certificate');
}

async function readPem(file: string, { cwd, signal }: Place, hint: string): Promise<{ pem: Buffer; mode: number }> {
  try {
    const { bytes, mode } = await readSmall(path.resolve(cwd, file), { holds: 'certificates', isNamed: true, signal });
    return { pem: bytes, mode };
  } catch (cause) {
    if (cause instanceof UnfitFileError) throw new InputError(`${file} ${cause.message}`, { hint });
    if (systemCode(cause) === '') throw cause;
    throw localIfShort(new InputError(`can't read ${file}: ${systemWords(cause)}`, { cause, hint }));
  }
}

const notPem = (file: string, what: 'certificate' | 'private key'): InputError =>
  new InputError(`${file} contains no valid ${what}`, {
    hint: `the file must be PEM: -----BEGIN ${what.toUpperCase()}-----`,
  });

/**
 * Returns the extra authorities that Node trusts, after a line break. Node drops them when a program names its own
 * authorities. Node itself warns about an unusable file.
 */
async function extraAuthorities({ env, cwd, signal }: Place): Promise<Uint8Array> {
  const none = Buffer.alloc(0);
  const file = env['NODE_EXTRA_CA_CERTS'];
  if (!file) return none;
  const opening = { holds: 'certificates', isNamed: true, signal } as const;
  const { bytes: pem } = await readSmall(path.resolve(cwd, file), opening).catch(() => ({ bytes: none }));
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
