import type { Style } from '../../contract/command.js';
import type { Answered } from '../../recording/answered.js';
import { grouped } from '../../text/words.js';

export const answerPaint = ({ status }: Answered, { good, bad }: Style): ((text: string) => string) =>
  status !== null && status < 400 ? good : bad;

/** `3 of 7 got a 5xx response`. Undefined if all got a 2xx response. `answers`: the number of responses in each class. */
export function failureWords(answers: Readonly<Record<string, number>>): string | undefined {
  const all = Object.entries(answers).sort();
  const failed = all.filter(([kind]) => kind !== '2xx');
  const [[kind] = [], ...others] = failed;
  if (kind === undefined) return undefined;
  const count = sumOf(failed);
  const share = `${grouped(count)} of ${grouped(sumOf(all))}`;
  if (others.length > 0)
    return `${share} didn't get a 2xx response (${failed.map(([kind, count]) => `${kind}: ${grouped(count)}`).join(', ')})`;
  return kind === 'none' ? `${share} got no response` : `${share} got a ${kind} response`;
}

const sumOf = (counts: readonly (readonly [string, number])[]): number =>
  counts.reduce((sum, [, count]) => sum + count, 0);
