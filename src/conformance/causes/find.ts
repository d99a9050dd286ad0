import type { Attempt, Reply } from '../../sender/http-client.js';
import type { Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import type { CaseResult } from '../result.js';
import { forged, signed } from '../signed.js';
import { Board } from './board.js';
import type { Cause, CauseRow, Probe } from './cause.js';
import { reserialisedProbes, signingProbes } from './probes.js';
import { causeOfRefusal } from './refused.js';
import { causeRows } from './table.js';

export interface Questions {
  kit: Kit;
  url: URL;
  deliver: (delivery: Delivery) => Promise<Attempt>;
  /** Aborted when the user asks to stop: no more probes are sent. */
  signal: AbortSignal;
}

/** The causes found, and the number of probes sent. */
export interface Explanation {
  causes: Cause[];
  /** The number of deliveries that were signed wrongly. */
  probes: number;
}

/**
 * Finds the causes of a receiver's failed cases. Patterns of responses reveal most causes; probes, which are
 * wrongly signed deliveries, confirm those about what is verified.
 */
export class Investigation {
  private readonly questions: Questions;
  private readonly probing: Probing;

  constructor(questions: Questions) {
    this.questions = questions;
    this.probing = new Probing(questions);
  }

  /** Sends the probes for what the results so far suggest: a later case may end the receiver. */
  async pursue(results: readonly CaseResult[]): Promise<void> {
    const board = new Board(results);
    if (causeRows.some(({ isSureOnly, shows }) => isSureOnly && shows(board))) await this.probing.verifiedForm();
  }

  /** Returns the causes. If the receiver is gone, nothing more is sent: only what the results prove counts. */
  async conclude(results: readonly CaseResult[], { isGone = false } = {}): Promise<Explanation> {
    const { questions, probing } = this;
    const board = new Board(results);
    if (isGone) probing.end();
    const limited = board.limited().filter(id => board.isShort(id));
    if (limited.length > 0) return { causes: [{ ...rateLimited, explains: limited }], probes: probing.sent };
    const valid = board.reply('valid') ?? (await probing.replyTo(signed(questions.kit, questions.kit.body())));
    const accepts = valid ? isAccepting(valid) : isGone;
    const causes = accepts ? await patterns(board, probing) : await refused(valid, { board, probing, questions });
    return { causes, probes: probing.sent };
  }
}

const rateLimited = {
  id: 'rate-limited',
  words: 'its rate limit refuses deliveries',
  fix: 'raise or remove the limit for this route while check runs: it sends about a hundred requests in a few seconds',
};

async function patterns(board: Board, probing: Probing): Promise<Cause[]> {
  const causes: Cause[] = [];
  const explained = new Set<string>();
  for (const row of causeRows) {
    const ids = explainedBy(row, board).filter(id => !explained.has(id));
    if (ids.length === 0 || !row.shows(board)) continue;
    const cause = await confirmed(row, board, probing);
    if (!cause) continue;
    for (const id of ids) explained.add(id);
    causes.push({ ...cause, explains: ids });
  }
  return causes;
}

function explainedBy({ explains, alike = [] }: CauseRow, board: Board): string[] {
  const ids = explains.filter(id => board.isShort(id));
  const first = ids.find(id => board.crashes(id));
  const others = alike.filter(id => first !== undefined && board.isShort(id) && board.crashesLike(id, first));
  return [...new Set([...ids, ...others])];
}

interface Refusal {
  board: Board;
  probing: Probing;
  questions: Questions;
}

/** Why a receiver refuses even a valid delivery. `reply` is undefined if there was none. */
async function refused(reply: Reply | undefined, { board, probing, questions }: Refusal): Promise<Cause[]> {
  if (!reply) return [];
  const shown = causeOfRefusal(reply, questions.url);
  const probed = shown && !shown.isGuess ? undefined : await probing.firstAccepted(signingProbes(questions.kit));
  const cause = probed ?? shown?.cause;
  return cause ? [{ ...cause, explains: board.shortcomings() }] : [];
}

/** Undefined if the pattern needs a probe's confirmation and gets none. */
async function confirmed(row: CauseRow, board: Board, probing: Probing): Promise<Omit<Cause, 'explains'> | undefined> {
  const { id, confirmation, isSureOnly } = row;
  const { words, fix } = probing.kit.traits.body === 'event' ? row : { ...row, ...row.elsewhere };
  if (confirmation) {
    if (probing.isOver) return undefined;
    const reply = await probing.replyTo(confirmation.delivery(probing.kit));
    return confirmation.isShownBy(reply?.status) ? { id, words, fix } : undefined;
  }
  if (!isSureOnly) return { id, words, fix };
  const probed = await probing.verifiedForm();
  if (probed) return { id, words: probed.words, fix: probed.fix };
  return isSureOnly(board) ? { id, words, fix } : undefined;
}

/** Milliseconds for all probes together: a receiver may be slow to respond to each. */
const patience = 15_000;

/** Sends deliveries to find out what a receiver accepts. */
class Probing {
  readonly kit: Kit;
  sent = 0;
  private readonly questions: Questions;
  private milliseconds = 0;
  private hasEnded = false;
  private form: Promise<Probe['cause'] | undefined> | undefined;

  constructor(questions: Questions) {
    this.questions = questions;
    this.kit = questions.kit;
  }

  /** Whether nothing more is sent. */
  get isOver(): boolean {
    return this.hasEnded || this.questions.signal.aborted;
  }

  end(): void {
    this.hasEnded = true;
  }

  /** Undefined if there is no response. */
  async replyTo(delivery: Delivery): Promise<Reply | undefined> {
    if (this.isOver) return undefined;
    const start = performance.now();
    const attempt = await this.questions.deliver(delivery);
    this.milliseconds += performance.now() - start;
    return 'reply' in attempt ? attempt.reply : undefined;
  }

  /** Returns the form of JSON that is verified instead of the raw body. Asks once. */
  verifiedForm(): Promise<Probe['cause'] | undefined> {
    this.form ??= this.firstAccepted(reserialisedProbes(this.kit));
    return this.form;
  }

  /** Returns the cause of the first probe that is accepted, unless a signature with a random secret is accepted, too. */
  async firstAccepted(probes: Iterable<Probe>): Promise<Probe['cause'] | undefined> {
    for (const { cause, delivery } of probes) {
      if (this.isOver || this.milliseconds > patience) return undefined;
      this.sent += 1;
      const reply = await this.replyTo(delivery);
      if (reply?.status === 429) return undefined;
      if (reply && isAccepting(reply)) {
        const stranger = await this.replyTo(foreign(this.kit));
        return stranger && isAccepting(stranger) ? undefined : cause;
      }
    }
    return undefined;
  }
}

const isAccepting = ({ status }: Reply): boolean => status >= 200 && status < 300;

const foreign = (kit: Kit): Delivery =>
  forged(kit, kit.body(), { signature: (_, sign) => sign(undefined, { secret: kit.otherSecret }) });
