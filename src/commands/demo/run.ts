import { configurationOf } from '../../config/configuration.js';
import { resolveSettings } from '../../config/resolve.js';
import { requestSettings, type RequestSettings } from '../../config/settings.js';
import { usualEvent } from '../../event/catalogue.js';
import { generateEvents } from '../../event/maker.js';
import { loadInspector } from '../../event/inspect.js';
import { statusSet } from '../../http/status-set.js';
import type { AnsweredEvent, ReceiverSubscriber } from '../../receiver/events.js';
import { createReceiver } from '../../receiver/receiver.js';
import { createSecret, type Secret } from '../../scheme/secret.js';
import { defaultScheme as scheme } from '../../scheme/schemes.js';
import { unmetBy } from '../../sender/expectation.js';
import { createHttpClient, type DeliveryRequest, type HttpClient } from '../../sender/http-client.js';
import { createRequestMaker } from '../../sender/request.js';
import type { Ports, Verdict } from '../../contract/command.js';
import { requestReport } from '../listen/reports.js';
import { connectionError } from '../sending/connection-error.js';
import { replyReport, sentReport } from '../sending/reports.js';
import type { DemoReport } from './view.js';

export { view } from './view.js';

const statuses = ['QUEUED', 'REVIEWING', 'APPROVED'];

/** Runs a receiver and a sender with their own secret: three good deliveries and a tampered one. */
export async function run(_: object, ports: Ports<DemoReport>): Promise<Verdict> {
  const { clock, environment, reporting } = ports;
  const secret = createSecret(
    Buffer.from(Buffer.from(clock.randomBytes(32)).toString('hex')),
    'a secret made for this demo',
  );
  const answers = awaitAnswers();
  const { url, close } = await createReceiver({
    host: '127.0.0.1',
    port: 0,
    clock,
    scheme,
    secrets: [secret],
    inspect: await loadInspector(),
    subscribers: [answers],
    onBug: error => {
      reporting.fail(error);
      answers.giveUp();
    },
  });
  const settings = { ...resolveSettings(requestSettings, {}, configurationOf({})), url: new URL(url) };
  const client = createHttpClient(settings);
  await reporting.report({ type: 'ready', url, scheme: scheme.name, secrets: [secret.origin] });
  const outcomes: boolean[] = [];
  try {
    for (const [index, step] of (await stepsOf({ settings, secret }, ports)).entries()) {
      if (environment.signal.aborted) break;
      outcomes.push(await deliver({ ...step, seq: index + 1 }, { settings, client, answers }, ports));
    }
  } finally {
    await client.close();
    await close();
  }
  const isPassed = outcomes.length === statuses.length + 1 && outcomes.every(Boolean);
  const verdict = isPassed ? 'positive' : 'negative';
  // npx and npm exec set it.
  const program = environment.env['npm_command'] === 'exec' ? 'npx webhook-cli' : 'webhook-cli';
  await reporting.report({ type: 'demo', isPassed, program }, verdict);
  return verdict;
}

interface Step {
  source: string;
  request: DeliveryRequest;
  expected: '200' | '401';
}

async function stepsOf(
  { settings, secret }: { settings: RequestSettings; secret: Secret },
  { clock, environment: { version } }: Pick<Ports, 'clock' | 'environment'>,
): Promise<Step[]> {
  const seed = Buffer.from(clock.randomBytes(4)).readUInt32BE();
  const bodies = await generateEvents({ event: usualEvent, statuses, type: 'INDIVIDUAL', seed, now: clock.now() });
  const { make } = createRequestMaker({
    url: settings.url,
    headers: settings.headers,
    scheme,
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
  // An attacker would raise the status of an intercepted event and keep its signature.
  const tampered = Buffer.from(
    Buffer.from(first.request.body).toString('latin1').replace('QUEUED', 'APPROVED'),
    'latin1',
  );
  return [...steps, { source: 'tampered', request: { ...first.request, body: tampered }, expected: '401' }];
}

interface Sides {
  settings: RequestSettings;
  client: HttpClient;
  answers: Answers;
}

/** Delivers, and reports the request, the receiver's verdict and the response. Returns whether they were as expected. */
async function deliver(
  { source, request, expected, seq }: Step & { seq: number },
  { settings, client, answers }: Sides,
  { reporting: { report } }: Pick<Ports<DemoReport>, 'reporting'>,
): Promise<boolean> {
  await report({
    ...sentReport(request, { seq, source, scheme, algorithm: settings.algorithm }),
    ...(expected === '401' && { isTampered: true }),
  });
  const answered = answers.next();
  const attempt = await client.deliver(request);
  if ('failure' in attempt) throw connectionError(attempt.failure, settings);
  const event = await answered;
  if (event) await report(requestReport(event, { show: [], secrets: 1, scheme, known: [] }));
  const unmet = await unmetBy(attempt, { status: statusSet(expected), headers: [] });
  const reply = replyReport(attempt, { seq, attempt: 1, unmet, show: [] });
  await report(reply);
  return reply.isExpected;
}

interface Answers extends ReceiverSubscriber {
  /** Resolves to the receiver's next response; to undefined if a bug prevents one. */
  next: () => Promise<AnsweredEvent | undefined>;
  giveUp: () => void;
}

function awaitAnswers(): Answers {
  let settle: (event?: AnsweredEvent) => void = () => undefined;
  return {
    next: () =>
      new Promise(resolve => {
        settle = resolve;
      }),
    answered(event) {
      settle(event);
    },
    giveUp: () => {
      settle();
    },
  };
}
