import { aboutOf, type RunFacts } from './about.js';
import { redacted, redactHeaders, type Header } from '../http/header.js';
import type { PageFailure, PageGroup, ReportPage } from '../report/html/page.js';
import { curlCommand } from '../sender/formats/curl.js';
import type { Exchange, Group } from './case.js';
import { isEffect, isObservation } from './case.js';
import { causeOf, type Cause } from './causes/cause.js';
import { findingsOf } from './findings.js';
import { requestFrom, type Target } from './request.js';
import type { CaseResult } from './result.js';
import type { CaseReport } from './suite-report.js';
import { gotWords, groupWords, sentWords } from './words.js';

/** The run to show. */
export interface ShownRun extends RunFacts {
  title: string;
  reports: readonly CaseReport[];
  results: readonly CaseResult[];
  isStrict: boolean;
}

/** The maximum length of a response, and of a command line, on a page, in characters. */
const mostShown = { answer: 2000, command: 8000 };

/** Returns the page of a run: causes first, then each failure with its request and response, then all cases. */
export function reportPageOf(run: ShownRun): ReportPage {
  const { title, summary, reports, results, target } = run;
  const resultOf = new Map(results.map(result => [result.case.id, result]));
  return {
    title,
    isGood: summary.isConformant,
    ...aboutOf(run),
    failures: summary.shortcomings.map(report =>
      failureOf(report, resultOf.get(report.id), { target, causes: summary.causes }),
    ),
    groups: groupsOf(reports, run),
  };
}

function failureOf(
  report: CaseReport,
  result: CaseResult | undefined,
  { target, causes }: { target: Target; causes: readonly Cause[] },
): PageFailure {
  const { id, outcome, isKnown, remedy = '' } = report;
  const exchange = result && exchangeOf(result);
  const cause = causeOf(id, causes);
  return {
    name: id,
    isWarning: outcome === 'advice' || isKnown === true,
    facts: [
      ...(isKnown ? [['known', 'an earlier run found the same'] as const] : []),
      ...(result ? [['why', result.case.why] as const] : []),
      ['sent', sentWords(report)],
      ['got', gotWords(report)],
      ...(cause ? [['cause', cause.words] as const] : []),
      ['fix', cause?.fix ?? remedy],
    ],
    blocks: exchange ? [['request, as curl', curlOf(exchange, target)], ...answerOf(exchange)] : [],
  };
}

/** The delivery that failed. A case that only observes others, or the state, has none. */
function exchangeOf({ case: one, exchanges, label, got }: CaseResult): Exchange | undefined {
  if (isObservation(one) || isEffect(one)) return undefined;
  const isMeant = ({ delivery, attempt }: Exchange) =>
    delivery.label === label && (got?.kind !== 'status' || ('reply' in attempt && attempt.reply.status === got.status));
  return exchanges.find(isMeant) ?? exchanges[0];
}

/** The user's own headers and the query may hold credentials, and pages get shared. */
function curlOf({ delivery }: Exchange, target: Target): string {
  const url = new URL(target.url);
  for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, redacted);
  const headers = target.headers.map(([name]): Header => [name, redacted]);
  const command = curlCommand(requestFrom(delivery, { ...target, url, headers }));
  // A truncated command would send something else.
  if (command.length <= mostShown.command) return command;
  return `The request has ${delivery.body.length} bytes, too many to show here.`;
}

function answerOf({ attempt }: Exchange): PageFailure['blocks'] {
  if (!('reply' in attempt)) return [];
  const { status, statusText, headers, body } = attempt.reply;
  const lines = redactHeaders(headers).map(([name, value]) => `${name}: ${value}`);
  const text = Buffer.from(body).toString();
  const shown =
    text.length > mostShown.answer ? `${text.slice(0, mostShown.answer)}… (${body.length} bytes in all)` : text;
  return [['response', [`${status} ${statusText}`, ...lines, '', shown].join('\n')]];
}

function groupsOf(reports: readonly CaseReport[], { isStrict, summary: { ended } }: ShownRun): PageGroup[] {
  const groups = new Map<Group, CaseReport[]>();
  for (const report of reports) groups.set(report.group, [...(groups.get(report.group) ?? []), report]);
  return [...groups].map(([group, members]) => ({
    name: groupWords[group],
    items: findingsOf(members, { ended, problem: undefined, isStrict, causes: [] }),
  }));
}
