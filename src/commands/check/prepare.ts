import { signingWith } from '../../config/scheme.js';
import { resolveSecrets, type SecretFlags, type SecretPorts } from '../../config/secrets.js';
import type { SettingFlags, Settings } from '../../config/settings.js';
import type { Need } from '../../conformance/case.js';
import type { Selection } from '../../conformance/run-cases.js';
import type { SuiteOptions } from '../../conformance/run-suite.js';
import { names, selectCases, type SelectionNames, type Supply } from '../../conformance/select.js';
import { featureWords } from '../../conformance/words.js';
import { UnknownNameError, UsageError } from '../../errors.js';
import type { Header } from '../../http/header.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Ports } from '../../contract/command.js';
import type { ReportRequest } from '../documents/report-flag.js';
import type { ConnectionFlags } from '../connection/flags.js';
import { readConnection } from '../connection/read.js';
import { remoteOf } from '../connection/remote.js';
import { ownHeader } from '../sending/signing.js';
import type { BaselineFlags } from './baseline.js';
import { effectsFor, type EffectFlags } from './effects.js';

export interface CheckOptions
  extends
    SelectionNames,
    SecretFlags,
    ConnectionFlags,
    BaselineFlags,
    EffectFlags,
    Pick<SettingFlags, 'url' | 'scheme' | 'algorithm' | 'timeout'> {
  list?: boolean;
  /** A file. */
  body?: string;
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

/** Throws UnknownNameError, and UsageError when no case is left, or when one needs something that is missing. */
export function chosenCases(given: SelectionNames, supply?: Supply): Selection {
  const selection = selectCases(given, supply);
  if ('lacks' in selection)
    throw new UsageError(`"${selection.name}" needs ${featureWords[selection.lacks]}`, {
      hint: 'webhook-cli check --list shows the cases that apply; add --scheme for another scheme',
    });
  if ('needs' in selection) {
    const hint = needHints[selection.needs];
    throw new UsageError(`"${selection.name}" needs --${selection.needs}`, { hint });
  }
  if ('unknown' in selection) {
    const known = names.map(({ name }) => name);
    const hint = 'webhook-cli check --list shows the cases and groups';
    throw new UnknownNameError('case', selection.unknown, { known, hint });
  }
  if (selection.cases.length > 0) return selection;
  throw new UsageError('no case is left to run', { hint: '--skip excludes everything --only selects' });
}

const needHints: Record<Need, string> = {
  probe: "give a command or a URL that shows the application's state",
  restart: 'give a command that stops and restarts the application',
};

/** The suite makes its own signatures, including wrong ones. Throws UsageError for a header that it sets. */
export function refuseOwnSignature(headers: readonly Header[], scheme: Scheme): void {
  const own = ownHeader(headers, scheme);
  if (own === undefined) return;
  throw new UsageError(`check sets ${own} itself`, { hint: `remove -H ${own}` });
}

/** Finds the secret and the trusted certificates. Throws UsageError without a secret, InputError for bad certificates. */
export async function suiteOptions(
  options: CheckOptions,
  {
    settings: { url, headers, algorithm, checkTimeout },
    selection,
    scheme,
    body,
  }: {
    settings: Pick<Settings, 'url' | 'headers' | 'algorithm' | 'checkTimeout'>;
    selection: Selection;
    scheme: Scheme;
    /** Sent in place of events and samples. */
    body: Uint8Array | undefined;
  },
  ports: Ports & Pick<SecretPorts, 'configuration'>,
): Promise<SuiteOptions> {
  const { clock, environment } = ports;
  const { seed, maxTime = 5000, wait, waitFor } = options;
  const secrets = await resolveSecrets(options, ports, { remote: remoteOf(url, options) });
  const target = { url, headers, version: environment.version };
  const connecting = await readConnection(options, url, ports);
  return {
    selection,
    target,
    body,
    signing: { scheme, ...signingWith(secrets[0], algorithm, scheme) },
    seed: seed ?? Buffer.from(clock.randomBytes(4)).readUInt32BE(),
    now: clock.now(),
    clock,
    timeout: checkTimeout,
    maxTime,
    wait,
    waitFor,
    connecting,
    effects: effectsFor(options, { ...ports, target, timeout: checkTimeout, connecting, secrets }),
    signal: environment.signal,
  };
}
