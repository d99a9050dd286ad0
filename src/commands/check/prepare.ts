import { createKit, type Kit } from '../../conformance/kit.js';
import { resolveSecrets, type SecretFlags, type SecretPorts } from '../../config/secrets.js';
import type { Settings } from '../../config/settings.js';
import { createHttpClient, type HttpClient } from '../../sender/http-client.js';
import type { Failure } from '../../sender/failure.js';
import { probe, waitUntilReachable } from '../../sender/reachable.js';
import { isLoopback } from '../../http/target.js';
import { defaultScheme } from '../../scheme/schemes.js';
import type { Context } from '../command.js';
import { readTrust, type TrustFlags } from '../sending/trust.js';

export interface PreparationFlags extends SecretFlags, TrustFlags {
  seed?: number;
  /** Milliseconds. */
  wait?: number;
}

export type CheckSettings = Pick<Settings, 'url' | 'headers' | 'algorithm' | 'timeout'>;

export interface Preparation {
  kit: Kit;
  client: HttpClient;
  settings: CheckSettings;
  /** Set where the receiver can't be reached. */
  gone: Failure | undefined;
}

/** Milliseconds between the two parts of a slow body. */
const slowPause = 1000;

/** Throws UsageError for want of a secret, InputError for bad certificates. */
export async function prepare(
  { seed, wait, ...flags }: PreparationFlags,
  settings: CheckSettings,
  context: Pick<SecretPorts, 'configuration'> &
    Pick<Context, 'environment' | 'clock' | 'reporting' | 'now' | 'signal' | 'progress'>,
): Promise<Preparation> {
  const { url, algorithm, timeout } = settings;
  const remote = isLoopback(url.hostname) ? undefined : url.origin;
  const [secret] = await resolveSecrets(flags, context, { remote });
  const trust = await readTrust(flags, url, context);
  const kit = await createKit({
    ...{ scheme: defaultScheme, secret, algorithm, slowPause, path: url.pathname, now: context.now() },
    seed: seed ?? Buffer.from(context.clock.randomBytes(4)).readUInt32BE(),
  });
  if (wait !== undefined) context.progress(`waiting for ${url.origin}`);
  const gone = wait === undefined ? await probe(url, timeout) : await waitUntilReachable(url, wait, context.signal);
  return { kit, client: createHttpClient({ timeout, ...trust, isFresh: true }), settings, gone };
}
