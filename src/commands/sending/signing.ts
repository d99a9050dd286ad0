import { resolveSecrets, type SecretFlags, type SecretPorts } from '../../config/secrets.js';
import type { ConnectionFlags } from '../connection/flags.js';
import { remoteOf } from '../connection/remote.js';
import { UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import type { Secret } from '../../scheme/secret.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

/** Returns the secret that signs requests to a receiver: the first that is found. Only a local receiver gets the development secret. Throws UsageError. */
export async function signingSecret(
  flags: SecretFlags & ConnectionFlags,
  url: URL,
  ports: SecretPorts,
): Promise<Secret> {
  const [secret] = await resolveSecrets(flags, ports, { remote: remoteOf(url, flags) });
  return secret;
}

/** Throws UsageError for the user's headers if they contradict each other or the signature. */
export function refuseBadHeaders(
  headers: readonly Header[],
  { isSigned, hint }: { isSigned: boolean; hint: string },
): void {
  for (const name of headersOf(defaultPreset)) {
    if (isSigned && hasHeader(headers, name)) {
      throw new UsageError(`-H ${name} contradicts the signature that is made`, { hint });
    }
  }
  if (headers.filter(([name]) => name.toLowerCase() === 'host').length > 1) {
    throw new UsageError('-H host was given twice', { hint: 'a request has one host' });
  }
}
