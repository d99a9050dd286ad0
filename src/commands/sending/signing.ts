import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { isLoopback } from '../../http/target.js';
import { UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import type { Secret } from '../../scheme/secret.js';
import { defaultPreset } from '../../scheme/presets/index.js';
import { headersOf } from '../../scheme/definition.js';

/** The secret for requests to a receiver: the first that is found; the development secret for this machine alone. Throws UsageError. */
export async function signingSecret(
  flags: SecretFlags,
  { hostname, origin }: URL,
  context: Parameters<typeof resolveSecrets>[1],
): Promise<Secret> {
  const [secret] = await resolveSecrets(flags, context, { remote: isLoopback(hostname) ? undefined : origin });
  return secret;
}

/** Throws UsageError for headers of the user's that contradict each other, or the signature that is made. */
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
