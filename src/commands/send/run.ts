import { readConfiguration } from '../../config/configuration.js';
import type { SecretFlags } from '../../config/secrets.js';
import { requestSettings, resolveSettings, type RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../delivery/deliver.js';
import { UsageError } from '../../errors.js';
import { cautionOfTarget } from '../caution.js';
import type { Context, Style, Verdict } from '../command.js';
import { deliverAll } from '../delivery/deliver-all.js';
import { openDelivering } from '../delivery/delivering.js';
import type { DeliveryFlags } from '../delivery/flags.js';
import type { DeliveryReport } from '../delivery/reports.js';
import { createRequestMaker } from '../delivery/request.js';
import { refuseBadHeaders, signingSecret } from '../delivery/signing.js';
import { view as viewDelivery } from '../delivery/view.js';
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
  const flags = { ...options, headers: options.header };
  const settings = resolveSettings(requestSettings, flags, configuration);
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
  cautionOfTarget({ name: 'url', flags, secret }, configuration, context);
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
