import type { AnsweredExchange } from './case.js';

/** The whole response as text, one character per byte. */
export function textOf({ attempt: { reply } }: AnsweredExchange): string {
  const headers = reply.headers.map(([name, value]) => `${name}: ${value}`);
  return [reply.statusText, ...headers, Buffer.from(reply.body).toString('latin1')].join('\n');
}

/** Removes the request's path, which a response may echo. */
export const withoutPath = (text: string, path: string): string =>
  path.length > 1 ? text.replaceAll(path, ' ') : text;

/** Groups refusals by status: for each status, the distinct bodies, each with its first response. */
export function groupsOfAnswers(answers: readonly AnsweredExchange[]): Map<string, AnsweredExchange>[] {
  const byStatus = new Map<number, Map<string, AnsweredExchange>>();
  for (const answer of answers) {
    const { status, body } = answer.attempt.reply;
    if (status < 400 || status > 499) continue;
    const bodies = byStatus.get(status) ?? new Map<string, AnsweredExchange>();
    const text = withoutCounters(Buffer.from(body).toString('latin1'));
    byStatus.set(status, bodies.has(text) ? bodies : bodies.set(text, answer));
  }
  return [...byStatus.values()];
}

/** Masks request ids, times and the like, which differ between responses but reveal nothing. */
export const withoutCounters = (text: string): string => text.replace(/[\da-f-]*\d[\da-f-]*/gi, '#').toLowerCase();
