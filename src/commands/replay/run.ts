import { isDevelopmentSecret } from '../../config/development-secret.js';
import { knownSchemes, readScheme, signingWith } from '../../config/scheme.js';
import { resolveSecrets, type SecretFlags, type SecretPorts } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { requestSettings } from '../../config/settings.js';
import { CommandError, UsageError } from '../../errors.js';
import { recognise } from '../../scheme/recognise.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { replayPlan } from '../../sender/replay.js';
import { createSigner } from '../../sender/request.js';
import type { Ports, Style, Verdict } from '../../contract/command.js';
import type { DeliveryFlags } from '../sending/flags.js';
import { printPrepared, viewPrepared, type PreparedReport } from '../sending/prepared.js';
import type { DeliveryReport } from '../sending/reports.js';
import { view as viewDelivery } from '../sending/view.js';
import { ownHeader } from '../sending/signing.js';
import { sendBatch } from '../sending/send-batch.js';
import { remoteOf } from '../connection/remote.js';
import { confirmRemote } from '../target/confirm-remote.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import { selectCaptures, type ReplaySelectionFlags, type Selected } from './select.js';

export interface ReplayOptions extends ReplaySelectionFlags, SecretFlags, DeliveryFlags {
  resign?: boolean;
  fresh?: boolean;
  /** How many times faster than recorded; undefined for as fast as possible. */
  speed?: number;
  concurrency?: number;
  allowRemote?: boolean;
  dryRun?: boolean;
}

type ReplayReport = DeliveryReport | PreparedReport;

export const view = (report: ReplayReport, style: Style): string | Uint8Array =>
  report.type === 'prepared' ? viewPrepared(report, style) : viewDelivery(report, style);

export async function run(options: ReplayOptions, ports: Ports<ReplayReport>): Promise<Verdict> {
  const { reporting, clock } = ports;
  const { scheme, configuration } = await readScheme(options, ports.environment);
  const settings = resolveSettings(requestSettings, options, configuration);
  const { url, headers, algorithm } = settings;
  refuseSignatureHeaders(options, scheme);
  const remote = remoteOf(url, options);
  if (!options.dryRun) await confirmRemote(remote, options, ports);
  const secrets = options.resign ? await resolveSecrets(options, { ...ports, configuration }, { remote }) : undefined;
  const secret = secrets?.[0];
  if (!options.dryRun) warnUntrustedTarget({ name: 'url', flags: options, secret }, configuration, ports);
  const findSecrets = async () => secrets ?? (await secretsIfAny(options, { ...ports, configuration }));
  const selected = await selectCaptures(options, { findSecrets, scheme }, ports);
  if (!secret) warnOfRecordedSignatures(selected, { scheme, now: clock.now() }, reporting);
  else {
    if (isDevelopmentSecret(secret))
      reporting.warn('signed with the development secret, which only this machine knows');
    warnOfOtherSignatures(selected, { scheme, known: knownSchemes(configuration) }, reporting);
  }
  const signing = secret && signingWith(secret, algorithm, scheme);
  const replaying = { url, headers, scheme, isResigned: signing !== undefined, isFresh: options.fresh === true };
  const dueOf = paceOf(selected, options.speed);
  const deliveries = selected.map(capture => ({
    source: `${capture.file} ${capture.position}`,
    due: dueOf(capture),
    plan: () => replayPlan(capture, replaying, clock),
  }));
  const sign = createSigner({ scheme, signing, clock });
  if (options.dryRun) return printPrepared(deliveries, { form: 'http', sign, flags: options }, ports);
  const shipment = {
    deliveries,
    asked: deliveries.length,
    concurrency: options.concurrency,
    sign,
    scheme,
    algorithm: signing?.algorithm,
  };
  return sendBatch(shipment, { flags: options, settings }, ports);
}

function warnOfRecordedSignatures(
  selected: readonly Selected[],
  { scheme, now }: { scheme: Scheme; now: Date },
  { warn }: Pick<Ports['reporting'], 'warn'>,
): void {
  warn('recorded signatures are sent unchanged; --resign signs again with the current secret');
  const untimely = selected.filter(({ headers }) => scheme.timeFlaw(headers, now) !== undefined).length;
  if (untimely === 0) return;
  const which = selected.length === 1 ? 'its timestamp is' : `the timestamps of ${untimely} of ${selected.length} are`;
  warn(
    `${which} outside the tolerance of ${scheme.name}, so a receiver will refuse it; --resign signs with the current time`,
  );
}

/**
 * A new signature replaces the headers of its own scheme. Another scheme's headers may be intended, or an oversight.
 */
function warnOfOtherSignatures(
  selected: readonly Selected[],
  { scheme, known }: { scheme: Scheme; known: readonly Scheme[] },
  { warn }: Pick<Ports['reporting'], 'warn'>,
): void {
  const others = new Set(selected.map(({ headers }) => recognise(headers, scheme, known)?.name));
  const names = [...others].filter(name => name !== undefined);
  if (names.length > 0)
    warn(`the recorded headers of ${names.join(', ')} are sent, too; --scheme ${names[0] ?? ''} replaces them`);
}

/** Returns the secrets that `verify` would use. Replaying needs none, so missing secrets aren't an error. */
const secretsIfAny = (flags: SecretFlags, ports: SecretPorts): Promise<readonly Secret[]> =>
  resolveSecrets(flags, ports).catch((error: unknown) => {
    if (error instanceof CommandError) return [];
    throw error;
  });

/** Throws UsageError if one of the user's headers contradicts the new signature. */
function refuseSignatureHeaders({ resign, header = [] }: ReplayOptions, scheme: Scheme): void {
  const name = resign ? ownHeader(header, scheme) : undefined;
  if (name === undefined) return;
  throw new UsageError(`-H ${name} contradicts the new signature`, {
    hint: 'leave out --resign to send your own',
  });
}

/** Returns when each request is due, in milliseconds after the first one. Requests without a time are due at once. */
function paceOf(selected: readonly Selected[], speed: number | undefined): (capture: Selected) => number | undefined {
  const times = selected.map(timeOf).filter(time => !Number.isNaN(time));
  const [first] = times;
  if (speed === undefined || first === undefined) return () => undefined;
  return capture => {
    const time = timeOf(capture);
    return Number.isNaN(time) ? undefined : Math.max(0, time - first) / speed;
  };
}

const timeOf = ({ receivedAt = '' }: Selected): number => Date.parse(receivedAt);
