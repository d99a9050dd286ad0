import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { requestSettings, resolveSettings, type RequestSettings } from '../../config/settings.js';
import type { DeliveryRequest } from '../../delivery/deliver.js';
import { hasHeader } from '../../http/header.js';
import { isLoopback } from '../../delivery/target.js';
import { UsageError } from '../../errors.js';
import { algorithmHeader, signatureHeader } from '../../signature/algorithms.js';
import type { Secret } from '../../signature/secret.js';
import type { Context, Style, Verdict } from '../command.js';
import { deliverAll } from '../delivery/deliver-all.js';
import { openDelivering } from '../delivery/delivering.js';
import type { DeliveryFlags } from '../delivery/flags.js';
import type { DeliveryReport } from '../delivery/reports.js';
import { createRequestMaker } from '../delivery/request.js';
import { view as viewDelivery } from '../delivery/view.js';
import { selectPayloads, type SourceFlags } from './payloads.js';
import { batchOf, refuseLoadContradictions, type LoadFlags } from './load.js';
import { preparedReport, viewPrepared, type PreparedReport, type PrintForm } from './print.js';

export interface SendOptions extends SourceFlags, LoadFlags, SecretFlags, DeliveryFlags {
  unsigned?: boolean;
  print?: PrintForm;
  dryRun?: boolean;
}

type SendReport = DeliveryReport | PreparedReport;

export async function run(options: SendOptions, context: Context<SendReport>): Promise<Verdict> {
  const settings = resolveSettings(requestSettings, { ...options, headers: options.header }, context.env);
  refuseContradictions(options, settings);
  refuseLoadContradictions(options);
  const payloads = await selectPayloads(options, context);
  const secret = options.unsigned ? undefined : await signingSecret(options, settings.url, context);
  const { version } = context;
  const make = createRequestMaker({ settings, secret, version });
  const batch = batchOf(payloads, { make, algorithm: secret && settings.algorithm }, options);
  const form = options.print ?? (options.dryRun ? 'http' : undefined);
  if (form) return print(batch.items, { form, flags: options }, context);
  return deliverAll(batch, await openDelivering(options, settings, context), context);
}

export const view = (report: SendReport, style: Style): string | Uint8Array =>
  report.type === 'prepared' ? viewPrepared(report, style) : viewDelivery(report, style);

function refuseContradictions({ unsigned, file, secretFile = [] }: SendOptions, { headers }: RequestSettings): void {
  for (const name of [signatureHeader, algorithmHeader]) {
    if (!unsigned && hasHeader(headers, name)) {
      throw new UsageError(`-H ${name} contradicts the signature that is made`, {
        hint: 'add --unsigned to send your own',
      });
    }
  }
  if (headers.filter(([name]) => name.toLowerCase() === 'host').length > 1) {
    throw new UsageError('-H host was given twice', { hint: 'a request has one host' });
  }
  if (file.includes('-') && secretFile.includes('-')) {
    throw new UsageError('standard input was named twice: as the body, and by --secret-file', {
      hint: 'it can be read once',
    });
  }
}

async function signingSecret(
  flags: SecretFlags,
  { hostname, origin }: URL,
  context: Context<SendReport>,
): Promise<Secret> {
  const [secret] = await resolveSecrets(flags, context, { remote: isLoopback(hostname) ? undefined : origin });
  return secret;
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
