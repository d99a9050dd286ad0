import { readScheme, signingWith } from '../../config/scheme.js';
import type { SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { requestSettings } from '../../config/settings.js';
import { UsageError } from '../../errors.js';
import { createRequestMaker } from '../../sender/request.js';
import type { Ports, Style, Verdict } from '../../contract/command.js';
import { prepareReports } from '../documents/prepare-reports.js';
import type { DeliveryFlags } from '../sending/flags.js';
import { printPrepared, viewPrepared, type PreparedReport, type PrintForm } from '../sending/prepared.js';
import type { DeliveryReport } from '../sending/reports.js';
import { sendBatch } from '../sending/send-batch.js';
import { refuseBadHeaders, signingSecret } from '../sending/signing.js';
import { view as viewDelivery } from '../sending/view.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import { batchOf, type LoadFlags } from './load.js';
import { editPayloads, selectPayloads, type SourceFlags } from './payloads.js';
import { isSample, withSampleHeaders } from './sample.js';

export interface SendOptions extends SourceFlags, LoadFlags, SecretFlags, DeliveryFlags {
  unsigned?: boolean;
  print?: PrintForm;
  dryRun?: boolean;
}

type SendReport = DeliveryReport | PreparedReport;

export async function run(options: SendOptions, ports: Ports<SendReport>): Promise<Verdict> {
  const { scheme, configuration } = await readScheme(options, ports.environment);
  const settings = resolveSettings(requestSettings, options, configuration);
  const { url, headers, algorithm } = settings;
  refuseBadHeaders(headers, { scheme, isSigned: !options.unsigned, hint: 'add --unsigned to send your own' });
  const selected = await selectPayloads(options, scheme, { ...ports, configuration });
  const secret = options.unsigned ? undefined : await signingSecret(options, url, { ...ports, configuration });
  // Ask only now, so that a missing secret doesn't discard the user's answers.
  const payloads = options.edit ? await editPayloads(selected, options, ports) : selected;
  const signing = secret && signingWith(secret, algorithm, scheme);
  const { plan, sign } = createRequestMaker({
    url,
    headers: isSample(options, scheme) ? withSampleHeaders(headers, scheme) : headers,
    scheme,
    signing,
    version: ports.environment.version,
    clock: ports.clock,
  });
  const batch = batchOf(payloads, plan, options);
  const form = options.print ?? (options.dryRun ? 'http' : undefined);
  if (form) return printPrepared(batch.deliveries, { form, sign, flags: options }, ports);
  await prepareReport(options, ports);
  warnUntrustedTarget({ name: 'url', flags: options, secret }, configuration, ports);
  const shipment = { ...batch, sign, scheme, algorithm: signing?.algorithm };
  return sendBatch(shipment, { flags: options, settings }, ports);
}

/** Standard output shows the load's summary. */
async function prepareReport({ report = [] }: SendOptions, { environment }: Ports<SendReport>): Promise<void> {
  if (report.some(({ file }) => file === undefined))
    throw new UsageError('--report html needs a file', { hint: 'use one, as in --report html=load.html' });
  await prepareReports(report, environment);
}

export const view = (report: SendReport, style: Style): string | Uint8Array =>
  report.type === 'prepared' ? viewPrepared(report, style) : viewDelivery(report, style);
