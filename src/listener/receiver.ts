import { inspect, type Inspection } from '../event/inspect.js';
import { verify, type Verification } from '../signature/fin.js';
import type { Secret } from '../signature/secret.js';
import type { Answer, ReceivedRequest } from './received.js';

export interface ReceiverPolicy {
  /** Any of them is accepted; none at all means that signatures aren't looked at. */
  secrets: readonly Secret[] | undefined;
  /** The only one that is there; any, if it isn't given. */
  path?: string | undefined;
}

/** What an honest receiver thinks of a request, and the status that it answers with. */
export interface Judgement {
  status: number;
  /** A verified event; where signatures aren't looked at, any event. */
  isAccepted: boolean;
  refusal?: Refusal;
  /** Absent where it wasn't looked at. */
  signature?: Verification;
  event?: Inspection;
}

/** Why a request wasn't even verified. */
export type Refusal = 'wrong-path' | 'wrong-method' | NonNullable<ReceivedRequest['flaw']>;

const refusalStatus: Record<Refusal, number> = {
  'wrong-path': 404,
  'wrong-method': 405,
  'body-incomplete': 400,
  'body-too-large': 413,
  'too-many-bodies': 503,
};

/** 200 to a verified event of any type, 401 to a bad signature, 400 to a verified body that isn't an event. */
export function judge(request: ReceivedRequest, { secrets, path }: ReceiverPolicy): Judgement {
  const refusal = refusalOf(request, path);
  if (refusal) return { status: refusalStatus[refusal], isAccepted: false, refusal };
  const event = inspect(request.body);
  const signature = secrets && verify(request.body, request.headers, secrets);
  const status = signature?.valid === false ? 401 : event.isEvent ? 200 : 400;
  return { status, isAccepted: status === 200, event, ...(signature && { signature }) };
}

/** The answer is the same for every request of its kind: it tells an attacker nothing. */
export const answerTo = ({ status }: Judgement): Answer => ({
  status,
  ...(status === 405 && { headers: { allow: 'POST' } }),
});

function refusalOf({ target, method, flaw }: ReceivedRequest, path: string | undefined): Refusal | undefined {
  if (path !== undefined && target.split('?')[0] !== path) return 'wrong-path';
  return method === 'POST' ? flaw : 'wrong-method';
}
