import type { AnsweredExchange } from './case.js';

/** Everything that an answer says, one character for each byte. */
export function textOf({ attempt: { reply } }: AnsweredExchange): string {
  const headers = reply.headers.map(([name, value]) => `${name}: ${value}`);
  return [reply.statusText, ...headers, Buffer.from(reply.body).toString('latin1')].join('\n');
}

/** An answer may repeat the path of the request, whatever it looks like. */
export const withoutPath = (text: string, path: string): string =>
  path.length > 1 ? text.replaceAll(path, ' ') : text;

/** Groups refusals by status: for each, the different bodies, each with the first answer that had it. */
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

/** Request ids, times and the like differ from answer to answer, and reveal nothing. */
const withoutCounters = (text: string): string => text.replace(/[\da-f-]*\d[\da-f-]*/gi, '#').toLowerCase();
