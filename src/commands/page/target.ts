import { isDevelopmentSecret } from '../../config/development-secret.js';
import type { Ports } from '../../contract/command.js';
import { CommandError } from '../../errors.js';
import type { Header } from '../../http/header.js';
import { isLoopback } from '../../http/target.js';
import type { ReplayTarget } from '../../page/replayer.js';
import type { HashName } from '../../scheme/definition.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { signingWith } from '../../scheme/signing.js';
import type { Trust } from '../../sender/http-client.js';
import { proxiesOf } from '../connection/read.js';
import { connectionError } from '../sending/connection-error.js';
import type { WebFlags } from './flags.js';

interface Targeting extends Pick<ReplayTarget, 'url' | 'targetFor'> {
  headers?: readonly Header[];
  /** Milliseconds for each replay. */
  timeout: number;
  trust?: () => Promise<Trust>;
}

/** Returns where the page replays to. Refuses a remote receiver, with a warning, unless the user allows it. */
export function replayTarget(
  { url, targetFor, headers = [], timeout, trust }: Targeting,
  { allowRemote = false }: WebFlags,
  { environment, reporting }: Pick<Ports, 'environment' | 'reporting'>,
): ReplayTarget {
  const isForbidden = !allowRemote && !isLoopback(url.hostname);
  const words = `${url.origin} is a remote receiver`;
  if (isForbidden) reporting.warn(`the page can't replay: ${words}; --allow-remote allows it`);
  return {
    url,
    targetFor,
    headers,
    ...(isForbidden && { forbidden: { words, hint: 'start webhook-cli again with --allow-remote' } }),
    async connect() {
      const { createHttpClient } = await import('../../sender/http-client.js');
      return createHttpClient({ timeout, routeOf: await proxiesOf(environment), ...(await trust?.()) });
    },
    wordsFor(failure) {
      const { message, hint } = connectionError(failure, { url, timeout });
      return { words: message, ...(hint !== undefined && { hint }) };
    },
  };
}

/** Undefined if the secret can't sign, or must not. */
export function signingFor(
  secret: Secret | undefined,
  { scheme, algorithm, isRemote }: { scheme: Scheme; algorithm?: HashName; isRemote: boolean },
): ReturnType<typeof signingWith> | undefined {
  if (!secret || (isRemote && isDevelopmentSecret(secret))) return undefined;
  try {
    return signingWith(secret, algorithm, scheme);
  } catch (error) {
    // A public key can't sign, and the scheme may lack the algorithm.
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
