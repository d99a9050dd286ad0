import { resolveSecrets, type SecretFlags } from '../../config/secrets.js';
import { resolveSettings, type SettingFlags } from '../../config/settings.js';
import { isLoopback } from '../../delivery/target.js';
import { startListener } from '../../listener/listener.js';
import type { Respond } from '../../listener/received.js';
import { answerTo, judge, type ReceiverPolicy } from '../../listener/receiver.js';
import type { Context, Verdict } from '../command.js';
import { createExpectation, type Expectation, type ExpectationFlags } from './expectation.js';
import { prepareReadyFile } from './ready-file.js';
import { requestReport, type ListenReport, type ListenSummaryReport, type Part } from './reports.js';

export { view } from './view.js';

export interface ListenOptions extends ExpectationFlags, SecretFlags, Pick<SettingFlags, 'host' | 'port'> {
  path?: string;
  verify: boolean;
  show?: readonly Part[];
  readyFile?: string;
}

export async function run(options: ListenOptions, context: Context<ListenReport>): Promise<Verdict> {
  const { host, port } = resolveSettings({ host: options.host, port: options.port }, context.env);
  const remote = isLoopback(host) ? undefined : host;
  const secrets = options.verify ? await resolveSecrets(options, context, { remote }) : undefined;
  const expectation = createExpectation(options);
  const readyFile = await prepareReadyFile(options.readyFile, context.cwd);
  const reception = receive({ secrets, path: options.path }, { expectation, show: options.show ?? [], context });
  const listener = await startListener({ host, port, now: context.now, respond: reception.respond });
  try {
    await context.report({
      type: 'ready',
      url: listener.url,
      scheme: 'fin',
      secrets: secrets?.map(({ origin }) => origin) ?? null,
    });
    await readyFile.write(listener.url);
    await ending(reception.met, options.timeout, context.signal);
  } finally {
    await listener.close();
    await readyFile.remove();
  }
  await reception.shown();
  await context.report({
    ...reception.tally,
    matched: expectation.matched(),
    expected: expectation.count,
    unmet: expectation.unmet(),
  });
  return expectation.count === null || expectation.isMet() ? 'positive' : 'negative';
}

interface Reception {
  respond: Respond;
  tally: Pick<ListenSummaryReport, 'type' | 'received' | 'accepted' | 'refused'>;
  /** Aborted when all that was expected has come. */
  met: AbortSignal;
  /** Settles when everything that came is printed. */
  shown: () => Promise<void>;
}

/** Judges, counts and reports each request. An answer never waits for its line to be printed. */
function receive(
  policy: ReceiverPolicy,
  { expectation, show, context }: { expectation: Expectation; show: readonly Part[]; context: Context<ListenReport> },
): Reception {
  const met = new AbortController();
  const tally: Reception['tally'] = { type: 'summary', received: 0, accepted: 0, refused: 0 };
  let printing = Promise.resolve();
  return {
    tally,
    met: met.signal,
    shown: () => printing,
    respond: request => {
      const judgement = judge(request, policy);
      return {
        answer: answerTo(judgement),
        settled: milliseconds => {
          tally.received += 1;
          tally[judgement.isAccepted ? 'accepted' : 'refused'] += 1;
          if (judgement.isAccepted) expectation.see(judgement.event?.json);
          if (expectation.isMet()) met.abort();
          printing = printing.then(() => context.report(requestReport(request, judgement, { milliseconds, show })));
        },
      };
    },
  };
}

/** Waits for what was expected, for the time to run out, or for the user to stop. */
function ending(met: AbortSignal, timeout: number | undefined, stop: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = timeout === undefined ? undefined : setTimeout(done, timeout);
    function done(): void {
      clearTimeout(timer);
      resolve();
    }
    for (const signal of [met, stop]) {
      if (signal.aborted) done();
      else signal.addEventListener('abort', done, { once: true });
    }
  });
}
