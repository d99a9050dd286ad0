import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings, type SettingFlags, type Settings } from '../../config/settings.js';
import { createCourier, type Courier } from '../../delivery/deliver.js';
import { connectionError } from '../../delivery/failure.js';
import { hasHeader, type Header } from '../../delivery/header.js';
import { statusSet, type StatusSet } from '../../delivery/status-set.js';
import { isLoopback } from '../../delivery/target.js';
import { CommandError, UsageError } from '../../errors.js';
import { algorithmHeader, signatureHeader } from '../../signature/fin.js';
import type { Secret } from '../../signature/secret.js';
import type { Context, Verdict } from '../command.js';
import { selectPayloads, type Payload, type SourceFlags } from './payloads.js';
import { replyReport, sentReport, type SendReport } from './reports.js';
import { requestFor } from './request.js';

export { view } from './view.js';

export interface SendOptions extends SourceFlags, SecretFlags, Pick<SettingFlags, 'url' | 'algorithm' | 'timeout'> {
  header?: readonly Header[];
  unsigned?: boolean;
  expectStatus?: StatusSet;
}

export async function run(options: SendOptions, context: Context<SendReport>): Promise<Verdict> {
  const settings = resolveSettings({ ...options, headers: options.header }, context.env);
  refuseContradictions(options, settings);
  const payloads = await selectPayloads(options, context);
  const secret = options.unsigned ? undefined : await signingSecret(options, settings.url, context);
  const courier = createCourier(settings);
  const deliveries: Delivery = { settings, secret, courier, expected: options.expectStatus ?? statusSet('2xx') };
  const results: Result[] = [];
  for (const [index, payload] of payloads.entries()) {
    if (context.signal.aborted) break;
    results.push(await deliver({ ...payload, seq: index + 1 }, deliveries, context));
  }
  await courier.close();
  if (payloads.length > 1) await context.report(summaryOf(results, payloads.length));
  return results.includes('unexpected') ? 'negative' : 'positive';
}

function refuseContradictions({ unsigned, file, secretFile = [] }: SendOptions, { headers }: Settings): void {
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

interface Delivery {
  settings: Settings;
  /** None: unsigned. */
  secret: Secret | undefined;
  courier: Courier;
  expected: StatusSet;
}

type Result = 'expected' | 'unexpected' | 'failed';

async function deliver(
  { source, body, seq }: Payload & { seq: number },
  { settings, secret, courier, expected }: Delivery,
  context: Context<SendReport>,
): Promise<Result> {
  try {
    const request = requestFor(await body(), { settings, secret, version: context.version });
    await context.report(sentReport(request, { seq, source, algorithm: secret && settings.algorithm }));
    const attempt = await courier.deliver(request);
    if ('failure' in attempt) throw connectionError(attempt.failure, settings);
    const report = replyReport(attempt, { seq, expected });
    await context.report(report);
    return report.isExpected ? 'expected' : 'unexpected';
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    context.fail(error);
    return 'failed';
  }
}

const summaryOf = (results: readonly Result[], asked: number): SendReport => {
  const count = (result: Result) => results.filter(candidate => candidate === result).length;
  return {
    type: 'summary',
    asked,
    expected: count('expected'),
    unexpected: count('unexpected'),
    failed: count('failed'),
  };
};
