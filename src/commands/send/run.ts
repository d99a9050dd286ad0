import { readConfiguration } from '../../config/configuration.js';
import type { SecretFlags } from '../../config/secrets.js';
import { resolveSettings } from '../../config/resolve.js';
import { requestSettings, type RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../sender/http-client.js';
import { UsageError } from '../../errors.js';
import { warnUntrustedTarget } from '../target/warn-untrusted-target.js';
import type { Context, Style, Verdict } from '../command.js';
import { deliverAll } from '../sending/deliver-all.js';
import { openDelivering } from '../sending/delivering.js';
import type { DeliveryFlags } from '../sending/flags.js';
import type { DeliveryReport } from '../sending/reports.js';
import { createRequestMaker } from '../../sender/request.js';
import { refuseBadHeaders, signingSecret } from '../sending/signing.js';
import { view as viewDelivery } from '../sending/view.js';
import { batchOf, refuseLoadContradictions, type LoadFlags } from './load.js';
import { editPayloads, selectPayloads, type SourceFlags } from './payloads.js';
import { preparedReport, viewPrepared, type PreparedReport, type PrintForm } from './print.js';

export interface SendOptions extends SourceFlags, LoadFlags, SecretFlags, DeliveryFlags {
  unsigned?: boolean;
  print?: PrintForm;
  dryRun?: boolean;
}

type SendReport = DeliveryReport | PreparedReport;

export async function run(options: SendOptions, context: Context<SendReport>): Promise<Verdict> {
  const configuration = await readConfiguration(context);
  const settings = resolveSettings(requestSettings, options, configuration);
  refuseContradictions(options, settings);
  refuseLoadContradictions(options);
  const selected = await selectPayloads(options, context);
  const secret = options.unsigned
    ? undefined
    : await signingSecret(options, settings.url, { ...context, configuration });
  // Only now: what a person typed isn't lost to a secret that is missing.
  const payloads = options.edit ? await editPayloads(selected, options, context) : selected;
  const make = createRequestMaker({ settings, secret, version: context.version });
  const batch = batchOf(payloads, { make, algorithm: secret && settings.algorithm }, options);
  const form = options.print ?? (options.dryRun ? 'http' : undefined);
  if (form) return print(batch.items, { form, flags: options }, context);
  warnUntrustedTarget({ name: 'url', flags: options, secret }, configuration, context);
  return deliverAll(batch, await openDelivering(options, settings, context), context);
}

export const view = (report: SendReport, style: Style): string | Uint8Array =>
  report.type === 'prepared' ? viewPrepared(report, style) : viewDelivery(report, style);

function refuseContradictions({ unsigned, file, secretFile = [] }: SendOptions, { headers }: RequestSettings): void {
  refuseBadHeaders(headers, { isSigned: !unsigned, hint: 'add --unsigned to send your own' });
  if (file.includes('-') && secretFile.includes('-')) {
    throw new UsageError('standard input was named twice: as the body, and by --secret-file', {
      hint: 'it can be read once',
    });
  }
}

async function print(
  items: Iterable<{ request: () => DeliveryRequest | Promise<DeliveryRequest> }>,
  { form, flags: { cacert, insecure } }: { form: PrintForm; flags: DeliveryFlags },
  { report }: Context<SendReport>,
): Promise<Verdict> {
  const curlFlags = [...(cacert === undefined ? [] : ['--cacert', cacert]), ...(insecure ? ['--insecure'] : [])];
  let seq = 0;
  for (const { request } of items) {
    await report(preparedReport(await request(), { seq: ++seq, form, curlFlags }));
  }
  return 'positive';
}
