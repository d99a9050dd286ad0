import type { AnsweredExchange } from './case.js';

/** All that an answer says, a character for each byte. */
export function textOf({ attempt: { reply } }: AnsweredExchange): string {
  const headers = reply.headers.map(([name, value]) => `${name}: ${value}`);
  return [reply.statusText, ...headers, Buffer.from(reply.body).toString('latin1')].join('\n');
}

/** An answer may repeat the path that it was asked for, however it looks. */
export const withoutPath = (text: string, path: string): string =>
  path.length > 1 ? text.replaceAll(path, ' ') : text;

/** For each status of a refusal, the bodies that came with it, each with the first answer that had it. */
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

/** Ids of requests, times and the like differ from answer to answer, and tell nothing. */
const withoutCounters = (text: string): string => text.replace(/[\da-f-]*\d[\da-f-]*/gi, '#').toLowerCase();
