import type { Attempt } from '../../sender/http-client.js';
import type { Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import type { CaseResult } from '../result.js';
import { forged } from '../signed.js';
import { Board } from './board.js';
import type { Cause } from './cause.js';
import { reserialisedProbes, signingProbes, type Probe } from './probes.js';
import { causeOfRefusal } from './refused.js';
import { causeRows, type CauseRow } from './table.js';

export interface Questions {
  kit: Kit;
  url: URL;
  deliver: (delivery: Delivery) => Promise<Attempt>;
  /** Aborted when the user asks to stop: no more probes are sent. */
  signal: AbortSignal;
}

/**
 * Looks for what is behind the cases that a receiver failed. Patterns of answers show most causes; probes, which are
 * deliveries signed in a wrong way, confirm those about what is verified.
 */
export async function findCauses(results: readonly CaseResult[], questions: Questions): Promise<Cause[]> {
  const board = new Board(results);
  if (board.isShort('valid')) return refused(board, questions);
  const causes: Cause[] = [];
  const explained = new Set<string>();
  for (const row of causeRows) {
    const ids = row.explains.filter(id => board.isShort(id) && !explained.has(id));
    if (ids.length === 0 || !row.shows(board) || !(await isConfirmed(row, questions))) continue;
    for (const id of ids) explained.add(id);
    causes.push({ ...(await confirmed(row, questions)), explains: ids });
  }
  return causes;
}

/** Why a receiver refuses even a valid delivery. */
async function refused(board: Board, questions: Questions): Promise<Cause[]> {
  const reply = board.reply('valid');
  if (!reply) return [];
  const cause = causeOfRefusal(reply, questions.url) ?? (await firstAccepted(signingProbes(questions.kit), questions));
  return cause ? [{ ...cause, explains: ['valid'] }] : [];
}

async function isConfirmed({ confirmation }: CauseRow, { kit, deliver, signal }: Questions): Promise<boolean> {
  if (!confirmation) return true;
  if (signal.aborted) return false;
  const attempt = await deliver(confirmation.delivery(kit));
  return confirmation.isShownBy('reply' in attempt ? attempt.reply.status : undefined);
}

/** Names the stack whose form of JSON is verified, where a probe shows it. */
async function confirmed({ id, words, fix }: CauseRow, questions: Questions): Promise<Omit<Cause, 'explains'>> {
  const stack = id === 're-serialised' ? await firstAccepted(reserialisedProbes(questions.kit), questions) : undefined;
  return { id, words: stack?.words ?? words, fix: stack?.fix ?? fix };
}

/** Returns the cause of the first probe that is accepted, unless a signature by nobody's secret is accepted as well. */
async function firstAccepted(probes: Iterable<Probe>, questions: Questions): Promise<Probe['cause'] | undefined> {
  for (const { cause, delivery } of probes) {
    if (questions.signal.aborted) return undefined;
    if (await isAccepted(delivery, questions))
      return (await isAccepted(foreign(questions.kit), questions)) ? undefined : cause;
  }
  return undefined;
}

async function isAccepted(delivery: Delivery, { deliver }: Questions): Promise<boolean> {
  const attempt = await deliver(delivery);
  return 'reply' in attempt && attempt.reply.status >= 200 && attempt.reply.status < 300;
}

function foreign(kit: Kit): Delivery {
  const body = kit.event();
  return forged(kit, body, { signature: kit.signature(body, kit.otherSecret), algorithm: kit.algorithm });
}
