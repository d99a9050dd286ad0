import type { Reply } from '../../sender/http-client.js';
import { withoutCounters } from '../answers.js';
import type { AnsweredExchange, Exchange } from '../case.js';
import { isAnswered, type CaseResult } from '../result.js';

const tooMany = 429;

/** The results of a run, by case id. A case that wasn't run counts as neither passed nor failed. */
export class Board {
  private readonly results: ReadonlyMap<string, CaseResult>;

  constructor(results: readonly CaseResult[]) {
    this.results = new Map(results.map(result => [result.case.id, result]));
  }

  /** Whether a case failed or went against advice. */
  isShort(id: string): boolean {
    const outcome = this.results.get(id)?.outcome;
    return outcome === 'failed' || outcome === 'advice';
  }

  /** Whether any delivery of a case was accepted. */
  accepts(id: string): boolean {
    return this.statuses(id).some(status => status >= 200 && status < 300);
  }

  /** Whether every delivery of a case was refused. A rate limit isn't a refusal. */
  refuses(id: string): boolean {
    const statuses = this.statuses(id);
    return statuses.length > 0 && statuses.every(status => status >= 400 && status < 500 && status !== tooMany);
  }

  /** The cases that met a rate limit. */
  limited(): string[] {
    return [...this.results.keys()].filter(id => this.statuses(id).includes(tooMany));
  }

  /** The cases that failed or went against advice. */
  shortcomings(): string[] {
    return [...this.results.keys()].filter(id => this.isShort(id));
  }

  /** Whether any delivery of a case got a server error or no response. */
  crashes(id: string): boolean {
    return this.crash(id) !== undefined;
  }

  /** Whether two cases got the same server error, or no response both. */
  crashesLike(id: string, other: string): boolean {
    return this.crashes(id) && this.crash(id) === this.crash(other);
  }

  /** The first response to a case. */
  reply(id: string): Reply | undefined {
    return this.answers(id)[0]?.attempt.reply;
  }

  /** The first server error, as text; empty if no response came. */
  private crash(id: string): string | undefined {
    const isCrash = (exchange: Exchange) => !isAnswered(exchange) || exchange.attempt.reply.status >= 500;
    const exchange = this.results.get(id)?.exchanges.find(isCrash);
    if (!exchange) return undefined;
    if (!isAnswered(exchange)) return '';
    const { status, body } = exchange.attempt.reply;
    return `${status} ${withoutCounters(Buffer.from(body).toString('latin1'))}`;
  }

  private statuses(id: string): number[] {
    return this.answers(id).map(({ attempt }) => attempt.reply.status);
  }

  private answers(id: string): AnsweredExchange[] {
    return (this.results.get(id)?.exchanges ?? []).filter(isAnswered);
  }
}
