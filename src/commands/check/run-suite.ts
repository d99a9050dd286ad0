import { runCases, type Ending, type Result, type Selection } from '../../conformance/run-cases.js';
import { connectionError } from '../sending/connection-error.js';
import { probe } from '../../sender/reachable.js';
import type { Context } from '../command.js';
import { hintTo } from '../sending/reply-hints.js';
import type { Preparation } from './prepare.js';
import { caseReport, type CaseReport } from './reports.js';
import { requestFrom } from './request.js';

export interface SuiteRun {
  reports: CaseReport[];
  ending: Ending;
  /** What may be wrong with a receiver that accepts nothing. */
  hint?: string;
}

/** Runs the cases, and hands on what came of each as it comes. */
export async function runSuite(
  selection: Selection,
  { kit, client, settings, gone, maxTime }: Preparation & { maxTime: number },
  { version, signal, progress, tell }: Pick<Context, 'version' | 'signal' | 'progress'> & { tell: Tell },
): Promise<SuiteRun> {
  const { length } = [...selection.silent, ...selection.cases];
  let begun = 0;
  const results = runCases(selection, {
    ...{ kit, maxTime, gone, signal },
    deliver: delivery => client.deliver(requestFrom(delivery, settings, version)),
    probe: () => probe(settings.url, settings.timeout),
    onBegin: ({ id }) => {
      progress(`${begun + 1} of ${length}  ${id}`, begun / length);
      begun += 1;
    },
  });
  const reports: CaseReport[] = [];
  let hint: string | undefined;
  for (;;) {
    const { value, done } = await results.next();
    if (done) return { reports, ending: value, ...(value.kind === 'refusing' && hint !== undefined && { hint }) };
    const report = caseReport(value, reports.at(-1)?.group !== value.case.group);
    hint ??= hintFrom(value, settings);
    reports.push(report);
    await tell(report);
  }
}

type Tell = (report: CaseReport) => Promise<void>;

function hintFrom({ exchanges: [first] }: Result, circumstances: Preparation['settings']): string | undefined {
  if (!first) return undefined;
  const { attempt, delivery } = first;
  if ('failure' in attempt) return connectionError(attempt.failure, circumstances).hint;
  const facts = { bytes: delivery.body.length, path: circumstances.url.pathname };
  return hintTo(attempt.reply, facts);
}
