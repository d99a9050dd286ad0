import { resolveSecrets, type SecretFlags, type SecretPorts } from '../../config/secrets.js';
import type { ConnectionFlags } from '../connection/flags.js';
import { remoteOf } from '../connection/remote.js';
import { UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import type { Secret } from '../../scheme/secret.js';
import type { Scheme } from '../../scheme/scheme.js';

/**
 * Returns the secret that signs requests to a receiver: the first one found. Only a local receiver gets the development
 * secret. Throws UsageError.
 */
export async function signingSecret(
  flags: SecretFlags & ConnectionFlags,
  url: URL,
  ports: SecretPorts,
): Promise<Secret> {
  const [secret] = await resolveSecrets(flags, ports, { remote: remoteOf(url, flags) });
  return secret;
}

/** Returns the name of the first header that signing also sets. */
export const ownHeader = (headers: readonly Header[], scheme: Scheme): string | undefined =>
  scheme.headers.find(name => hasHeader(headers, name));

/** Throws UsageError if the user's headers contradict each other or the signature. */
export function refuseBadHeaders(
  headers: readonly Header[],
  { scheme, isSigned, hint }: { scheme: Scheme; isSigned: boolean; hint: string },
): void {
  const own = isSigned ? ownHeader(headers, scheme) : undefined;
  if (own !== undefined) throw new UsageError(`-H ${own} contradicts the new signature`, { hint });
  if (headers.filter(([name]) => name.toLowerCase() === 'host').length > 1) {
    throw new UsageError('-H host was given twice', { hint: 'a request has one host' });
  }
}
