import { resolveSecrets, type SecretFlags, type SecretPorts } from '../../config/secrets.js';
import type { SettingFlags, Settings } from '../../config/settings.js';
import type { Selection } from '../../conformance/run-cases.js';
import type { SuiteOptions } from '../../conformance/run-suite.js';
import { names, selectCases, type SelectionNames } from '../../conformance/select.js';
import { UnknownNameError, UsageError } from '../../errors.js';
import { hasHeader, type Header } from '../../http/header.js';
import { defaultScheme } from '../../scheme/schemes.js';
import type { Ports } from '../../contract/command.js';
import type { ReportRequest } from '../documents/report-flag.js';
import type { ConnectionFlags } from '../connection/flags.js';
import { readConnection } from '../connection/read.js';
import { remoteOf } from '../connection/remote.js';

export interface CheckOptions
  extends SelectionNames, SecretFlags, ConnectionFlags, Pick<SettingFlags, 'url' | 'algorithm' | 'timeout'> {
  list?: boolean;
  strict?: boolean;
  seed?: number;
  /** Milliseconds. */
  wait?: number;
  waitFor?: URL;
  /** Milliseconds. */
  maxTime?: number;
  header?: readonly Header[];
  allowRemote?: boolean;
  report?: readonly ReportRequest[];
}

/** Throws UnknownNameError, and UsageError when no case is left. */
export function chosenCases(given: SelectionNames): Selection {
  const selection = selectCases(given);
  if ('unknown' in selection) {
    const known = names.map(({ name }) => name);
    const hint = 'webhook-cli check --list shows the cases and groups';
    throw new UnknownNameError('case', selection.unknown, { known, hint });
  }
  if (selection.cases.length > 0) return selection;
  throw new UsageError('no case is left to run', { hint: '--skip excludes everything that --only selects' });
}

/** The suite makes signatures of its own, wrong ones included. Throws UsageError. */
export function refuseOwnSignature(headers: readonly Header[]): void {
  const own = defaultScheme.headers.find(name => hasHeader(headers, name));
  if (own === undefined) return;
  throw new UsageError(`check sets ${own} itself`, { hint: `remove -H ${own}` });
}

/** Finds the secret, and whom to trust. Throws UsageError for want of a secret, InputError for bad certificates. */
export async function suiteOptions(
  options: CheckOptions,
  {
    settings: { url, headers, algorithm, checkTimeout },
    selection,
  }: { settings: Pick<Settings, 'url' | 'headers' | 'algorithm' | 'checkTimeout'>; selection: Selection },
  ports: Ports & Pick<SecretPorts, 'configuration'>,
): Promise<SuiteOptions> {
  const { clock, environment } = ports;
  const { seed, maxTime = 5000, wait, waitFor } = options;
  const [secret] = await resolveSecrets(options, ports, { remote: remoteOf(url, options) });
  return {
    selection,
    target: { url, headers, version: environment.version },
    signing: { scheme: defaultScheme, secret, algorithm },
    seed: seed ?? Buffer.from(clock.randomBytes(4)).readUInt32BE(),
    now: clock.now(),
    timeout: checkTimeout,
    maxTime,
    wait,
    waitFor,
    connecting: await readConnection(options, url, ports),
    signal: environment.signal,
  };
}
