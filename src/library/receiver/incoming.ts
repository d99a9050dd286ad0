import { problemWords } from '../../event/problem-words.js';
import { jsonIn } from '../../json/parse.js';
import type { Assessment } from '../../receiver/assessment.js';
import type { ReceivedRequest } from '../../receiver/received-request.js';
import type { Scheme } from '../../scheme/scheme.js';
import type { Secret } from '../../scheme/secret.js';
import { recordOf } from '../headers.js';
import { resultOf } from '../verify.js';
import type { Filling } from './request.js';

interface Means {
  seq: number;
  scheme: Scheme;
  secrets: readonly Secret[];
}

/** Makes the request that a program sees. Its body is parsed on first access. */
export function incoming(
  { receivedAt, method, target, headers, body }: ReceivedRequest,
  { isAccepted, status, refusal, signature, event }: Assessment,
  { seq, ...means }: Means,
): Filling {
  let parsed: { json: unknown } | undefined;
  return {
    seq,
    receivedAt,
    method,
    target,
    headers: recordOf(headers),
    rawHeaders: headers,
    body: Buffer.from(body.buffer, body.byteOffset, body.length),
    get json() {
      return (parsed ??= { json: event ? event.json : jsonIn(body) }).json;
    },
    isAccepted,
    verification: signature && resultOf(signature, { ...means, headers }),
    findings: [],
    problems: (event?.problems ?? []).map(problem => ({
      level: problem.level,
      code: problem.code,
      path: problem.path,
      words: problemWords(problem),
    })),
    refusal,
    answer: isAccepted ? undefined : status,
  };
}

/** The approximate memory that a request takes, in bytes. */
export const sizeOf = ({ rawHeaders, body }: Filling): number =>
  rawHeaders.reduce((sum, [name, value]) => sum + 2 * (name.length + value.length) + 64, body.length + 1024);
