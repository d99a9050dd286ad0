import { CommandError } from '../errors.js';
import { summariser, type EventSummary } from '../event/summary.js';
import { listing, wholeOf, type Inspecting } from '../exchange/exchange.js';
import type { ExchangeReport } from '../exchange/reports.js';
import type { Clock } from '../ports.js';
import { placesOf } from '../scheme/schemes.js';
import { curlCommand } from '../sender/formats/curl.js';
import { marksBetween } from './marks.js';
import { PageProblem } from './problem.js';
import { problemsIn } from './problems.js';
import { shareable, type ReplayTarget } from './replayer.js';
import type { Kept, PageSource } from './source.js';
import type { PageExchange } from './types.js';
import { kindOf } from '../exchange/verdict.js';
import { whyOf } from './why.js';

export interface DeskOptions {
  source: PageSource;
  inspecting: Inspecting;
  /** Where the shown curl commands send requests. */
  target: Pick<ReplayTarget, 'url' | 'targetFor'>;
  clock: Clock;
}

/** Builds what the page shows of requests. */
export interface Desk {
  list: (range: { before: number; limit: number }) => Promise<ExchangeReport[]>;
  show: (kept: Kept) => Promise<PageExchange>;
}

export function createDesk({ source, inspecting, target, clock }: DeskOptions): Desk {
  const exchangeOf = listing(inspecting);
  const summarise = summariser(placesOf(inspecting.scheme));
  const reportOf = (kept: Kept) => kept.report ?? exchangeOf(kept);
  return {
    async list({ before, limit }) {
      const reports: ExchangeReport[] = [];
      for await (const some of source.backwards(before)) {
        for (const kept of some.slice(0, limit - reports.length)) reports.push(await reportOf(kept));
        if (reports.length >= limit) break;
      }
      return reports;
    },
    async show(kept) {
      const { request, position, forwarded } = kept;
      const report = await reportOf(kept);
      // A protocol error has no method.
      const isRequest = request.method !== '';
      const { report: signature, signedBody } = (isRequest && (await inspecting.checkWhole(request))) || {};
      // An unverified body isn't checked: it may be anything.
      const isEvent = kindOf(report.verdict) === 'valid' || report.verdict?.reason === 'schema';
      const problems = isEvent ? await problemsIn(request.body, inspecting.scheme) : [];
      return {
        ...report,
        whole: wholeOf(request, signature),
        why: whyOf({ verdict: report.verdict, signature, problems, isRequest }),
        marks: signedBody ? marksBetween(request.body, signedBody) : [],
        curl: curlOf(kept, { target, scheme: inspecting.scheme, clock }),
        previous: await previousOf(position, summarise(request), {
          source,
          summaryOf: ({ report, request }) => report?.event ?? summarise(request),
        }),
        ...(forwarded && { forwarded }),
      };
    },
  };
}

function curlOf(
  kept: Kept,
  { target, ...making }: Pick<DeskOptions, 'target' | 'clock'> & Pick<Inspecting, 'scheme'>,
): string {
  try {
    return curlCommand(shareable(target, kept, making));
  } catch (error) {
    if (error instanceof CommandError || error instanceof PageProblem) return '';
    throw error;
  }
}

/** How many requests are searched for the previous one. */
const mostLookedAt = 2000;

async function previousOf(
  position: number,
  summary: EventSummary,
  { source, summaryOf }: { source: PageSource; summaryOf: (kept: Kept) => EventSummary },
): Promise<number | null> {
  const { type, referenceId } = summary;
  if (type === undefined && referenceId === undefined) return null;
  let looked = 0;
  for await (const some of source.backwards(position)) {
    const found = some.find(kept => {
      const other = summaryOf(kept);
      return referenceId === undefined ? other.type === type : other.referenceId === referenceId;
    });
    if (found) return found.position;
    looked += some.length;
    if (looked >= mostLookedAt) break;
  }
  return null;
}
