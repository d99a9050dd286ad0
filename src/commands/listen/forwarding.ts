import type { SettingFlags, Settings } from '../../config/settings.js';
import { refuseBrokenRules, type FlagRule } from '../../contract/flag-rules.js';
import type { Ports } from '../../contract/command.js';
import { UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import { isLoopback } from '../../http/target.js';
import { newId } from '../../ports.js';
import type { Forwarder } from '../../receiver/forward.js';
import type { ResponsePlan } from '../../receiver/responses.js';
import type { Scheme } from '../../scheme/scheme.js';
import { proxiesOf } from '../connection/read.js';
import { readTrust } from '../connection/trust.js';

/** The flags for the application behind the listener, and those that change its requests. */
export interface ForwardFlags extends Pick<SettingFlags, 'forwardTo'> {
  forwardUnverified?: boolean;
  /** Milliseconds. */
  forwardTimeout?: number;
  forwardHeader?: readonly Header[];
  forwardHost?: string;
  forwardCacert?: string;
  forwardInsecure?: boolean;
  path?: string;
  respond?: ResponsePlan;
}

type ForwardSettings = Pick<Settings, 'host' | 'port' | 'forwardTo' | 'timeout'> & { scheme: Scheme };

const dependent = [
  '--forward-unverified',
  '--forward-timeout',
  '--forward-header',
  '--forward-host',
  '--forward-cacert',
  '--forward-insecure',
];

/** Checked once the settings are known: the configuration file may name the application, too. */
const forwardRules: readonly FlagRule[] = dependent.map(flag => ({
  flag,
  needs: '--forward-to',
  hint: 'it sets the application to forward to',
}));

/** Returns undefined if nothing is to be forwarded. Throws UsageError for flags that would have no effect. */
export async function openForwarder(
  flags: ForwardFlags,
  { forwardTo, timeout, scheme, ...own }: ForwardSettings,
  ports: Pick<Ports, 'clock' | 'environment' | 'reporting'>,
): Promise<Forwarder | undefined> {
  // `--respond` overrides the configuration file, so that users can always try out responses.
  const url = flags.respond ? flags.forwardTo : forwardTo;
  refuseBrokenRules(forwardRules, { ...flags, forwardTo: url });
  if (!url) return undefined;
  refuseOwnAddress(url, own);
  const { authorities, isInsecure } = await readTrust(
    { cacert: flags.forwardCacert, insecure: flags.forwardInsecure, prefix: 'forward-' },
    url,
    ports,
  );
  // The HTTP client is the slowest part of the start.
  const { createForwarder } = await import('../../receiver/forward.js');
  const routeOf = await proxiesOf(ports.environment);
  // A mistake in a variable is reported at the start.
  routeOf?.(url);
  return createForwarder({
    ...{ url, routeOf, timeout: flags.forwardTimeout ?? timeout, id: newId(ports.clock), scheme, path: flags.path },
    ...{ headers: headersFrom(flags, scheme), authorities, isInsecure },
  });
}

function refuseOwnAddress(url: URL, own: Pick<Settings, 'host' | 'port'>): void {
  const isOwn = url.hostname === own.host || (isLoopback(url.hostname) && isLoopback(own.host));
  if (isOwn && Number(url.port || 80) === own.port)
    throw new UsageError('--forward-to leads back to this listener', { hint: 'is it the port of your application?' });
}

function headersFrom({ forwardHeader = [], forwardHost }: ForwardFlags, scheme: Scheme): readonly Header[] {
  for (const name of scheme.headers) {
    if (hasHeader(forwardHeader, name))
      throw new UsageError(`--forward-header can't replace ${name}`, {
        hint: 'the application gets the value from the sender',
      });
  }
  if (hasHeader(forwardHeader, 'host'))
    throw new UsageError("--forward-header can't replace host", { hint: 'pass it with --forward-host' });
  return forwardHost === undefined ? forwardHeader : [['host', forwardHost], ...forwardHeader];
}
