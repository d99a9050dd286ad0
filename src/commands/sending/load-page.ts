import type { PageFailure, ReportPage } from '../../report/html/page.js';
import { counted, grouped } from '../../text/words.js';
import type { DeliverySummaryReport } from './reports.js';

/** Returns a page of a load: its rate, its response times, and what went wrong. */
export function loadPageOf(report: DeliverySummaryReport, { title, url }: { title: string; url: URL }): ReportPage {
  const { asked, expected, unexpected, failed, requests = 0, seconds = 0, perSecond = 0 } = report;
  const { latencies = [], bySecond = [] } = report;
  const missing = asked - expected - unexpected - failed;
  return {
    title,
    isGood: expected === asked,
    verdict: `${grouped(expected)} of ${grouped(asked)} as expected${missing > 0 ? `, ${grouped(missing)} not sent` : ''}`,
    facts: [
      ['receiver', `${url.origin}${url.pathname}`],
      ['requests', `${grouped(requests)} in ${seconds.toFixed(1)} s`],
      ['rate', `${grouped(Math.round(perSecond))} a second`],
      ...paceOf(report),
      ...timesOf(report),
    ],
    causes: [],
    failures: [...shortcomings(report.errors ?? {}), ...shortcomings(unexpected > 0 ? (report.statuses ?? {}) : {})],
    groups: [],
    load: { perSecond: bySecond, latencies },
  };
}

const paceOf = ({ rate, late = 0 }: DeliverySummaryReport): ReportPage['facts'] =>
  rate === undefined ? [] : [['pace', `${grouped(rate)} a second; ${counted(late, 'request')} began over 100 ms late`]];

const timesOf = ({ latency }: DeliverySummaryReport): ReportPage['facts'] =>
  latency ? [['response times', Object.entries(latency).map(([name, time]) => `${name} ${time.toFixed(1)} ms`).join(', ')]] : []; // prettier-ignore

/** If some responses were unexpected, lists all statuses: only the user knows which ones were intended. */
const shortcomings = (counts: Readonly<Record<string, number>>): PageFailure[] =>
  Object.entries(counts).map(([what, count]) => ({
    name: what,
    isWarning: /^2/.test(what),
    facts: [['how often', grouped(count)]],
    blocks: [],
  }));
