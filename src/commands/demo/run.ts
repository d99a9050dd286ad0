import { configurationOf } from '../../config/configuration.js';
import { requestSettings, resolveSettings, type RequestSettings } from '../../config/settings.js';
import { createHttpClient, type HttpClient, type DeliveryRequest } from '../../sender/http-client.js';
import { connectionError } from '../sending/connection-error.js';
import { unmetBy } from '../../sender/expectation.js';
import { statusSet } from '../../http/status-set.js';
import { generateEvents } from '../../event/generate.js';
import { usualEvent } from '../../event/catalogue.js';
import { startListener } from '../../receiver/server.js';
import type { Respond } from '../../receiver/received-request.js';
import { answerTo, judge } from '../../receiver/assessment.js';
import { createSecret, type Secret } from '../../scheme/secret.js';
import type { Context, Verdict } from '../command.js';
import { requestReport, type RequestReport } from '../listen/reports.js';
import { replyReport, sentReport } from '../sending/reports.js';
import { createRequestMaker } from '../../sender/request.js';
import { defaultScheme } from '../../scheme/schemes.js';
import type { DemoReport } from './view.js';

export { view } from './view.js';

const statuses = ['QUEUED', 'REVIEWING', 'APPROVED'];

/** A listener and a sender in one process, with a secret that nobody else has: three good deliveries and a forged one. */
export async function run(_: object, context: Context<DemoReport>): Promise<Verdict> {
  const secret = createSecret(
    Buffer.from(Buffer.from(context.entropy(32)).toString('hex')),
    'a secret made for this demo',
  );
  const { respond, received } = receiverOf(secret);
  const listener = await startListener({ host: '127.0.0.1', port: 0, now: context.now, respond });
  const settings = { ...resolveSettings(requestSettings, {}, configurationOf({})), url: new URL(listener.url) };
  const client = createHttpClient(settings);
  await context.report({ type: 'ready', url: listener.url, scheme: 'fin', secrets: [secret.origin] });
  const outcomes: boolean[] = [];
  try {
    for (const [index, step] of stepsOf({ settings, secret }, context).entries()) {
      if (context.signal.aborted) break;
      outcomes.push(await play({ ...step, seq: index + 1 }, { settings, client, received }, context));
    }
  } finally {
    await client.close();
    await listener.close();
  }
  const isPassed = outcomes.length === statuses.length + 1 && outcomes.every(Boolean);
  const verdict = isPassed ? 'positive' : 'negative';
  await context.report({ type: 'demo', isPassed }, verdict);
  return verdict;
}

interface Step {
  source: string;
  request: DeliveryRequest;
  expected: '200' | '401';
}

function stepsOf(
  { settings, secret }: { settings: RequestSettings; secret: Secret },
  { now, entropy, version, clock }: Context<DemoReport>,
): Step[] {
  const seed = Buffer.from(entropy(4)).readUInt32BE();
  const bodies = generateEvents({ event: usualEvent, statuses, type: 'INDIVIDUAL', seed, now: now() });
  const { make } = createRequestMaker({
    url: settings.url,
    headers: settings.headers,
    scheme: defaultScheme,
    signing: { secret, algorithm: settings.algorithm },
    version,
    clock,
  });
  const steps = bodies.map((body, index): Step => ({
    source: statuses[index] ?? '',
    request: make(body),
    expected: '200',
  }));
  const [first] = steps;
  if (!first) throw new Error('The demo has nothing to send.');
  // What an attacker would do: raise the status, and keep the signature of the event that was overheard.
  const forged = Buffer.from(
    Buffer.from(first.request.body).toString('latin1').replace('QUEUED', 'APPROVED'),
    'latin1',
  );
  return [...steps, { source: 'tampered', request: { ...first.request, body: forged }, expected: '401' }];
}

/** Delivers, and tells what the sender did, what the receiver made of it, and what the sender heard. */
async function play(
  { source, request, expected, seq }: Step & { seq: number },
  {
    settings,
    client,
    received,
  }: { settings: RequestSettings; client: HttpClient; received: () => Promise<RequestReport> },
  { report }: Context<DemoReport>,
): Promise<boolean> {
  await report({
    ...sentReport(request, { seq, source, algorithm: settings.algorithm }),
    ...(expected === '401' && { isTampered: true }),
  });
  const receipt = received();
  const attempt = await client.deliver(request);
  if ('failure' in attempt) throw connectionError(attempt.failure, settings);
  await report(await receipt);
  const unmet = unmetBy(attempt, { status: statusSet(expected), headers: [] });
  const reply = replyReport(attempt, { seq, attempt: 1, unmet, show: [] });
  await report(reply);
  return reply.isExpected;
}

function receiverOf(secret: Secret): { respond: Respond; received: () => Promise<RequestReport> } {
  let settle: (report: RequestReport) => void = () => undefined;
  return {
    received: () =>
      new Promise(resolve => {
        settle = resolve;
      }),
    respond: request => {
      const judgement = judge(request, { secrets: [secret] });
      return {
        action: answerTo(judgement),
        settled: ({ milliseconds, isGone }) => {
          settle(
            requestReport(
              request,
              { ...judgement, action: answerTo(judgement) },
              { milliseconds, isGone, show: [], secrets: 1 },
            ),
          );
        },
      };
    },
  };
}
