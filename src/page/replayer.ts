import { InputError } from '../errors.js';
import { redactHeaders, type Header } from '../http/header.js';
import type { Clock } from '../ports.js';
import type { Placed } from '../exchange/exchange.js';
import type { Scheme } from '../scheme/scheme.js';
import type { SecretSigning } from '../scheme/signing.js';
import { isUnsendable, type Failure } from '../sender/failure.js';
import type { HttpClient } from '../sender/http-client.js';
import { replayPlan } from '../sender/replay.js';
import { createSigner, type DeliveryPlan } from '../sender/request.js';
import { PageProblem } from './problem.js';
import type { ReplayAnswer } from './types.js';

/** Where replays go, and how. */
export interface ReplayTarget {
  url: URL;
  /**
   * Returns the target to send for the target of a request; by default, the URL's own path is used. Undefined if there
   * is no such target.
   */
  targetFor?: ((target: string) => string | undefined) | undefined;
  /** The user's own headers. */
  headers: readonly Header[];
  /** Why nothing may be sent there, such as that it is a remote receiver. */
  forbidden?: { words: string; hint: string } | undefined;
  /** Makes the client when the first replay is asked for. */
  connect: () => Promise<HttpClient>;
  /** Says why there was no response. */
  wordsFor: (failure: Failure) => { words: string; hint?: string };
}

export interface ReplayOptions {
  target: ReplayTarget | undefined;
  scheme: Scheme;
  /** Undefined if there is no secret. */
  findSigning: () => Promise<SecretSigning | undefined>;
  clock: Clock;
}

export interface Replay {
  isSigned: boolean;
  /** Takes the place of the recorded one. */
  body?: Uint8Array | undefined;
}

/** Sends requests again. */
export interface Replayer {
  /** Null: nothing can be replayed. */
  target: string | null;
  canSign: () => Promise<boolean>;
  /**
   * A request that can't be sent is a delivery without a response. Throws PageProblem for a replay that isn't allowed.
   */
  replay: (placed: Placed, replay: Replay, signal: AbortSignal) => Promise<ReplayAnswer>;
  close: () => Promise<void>;
}

/** How many replays may be under way at once. */
const most = 8;

export function createReplayer({ target, scheme, findSigning, clock }: ReplayOptions): Replayer {
  let client: Promise<HttpClient> | undefined;
  let underWay = 0;
  const isOpen = target !== undefined && target.forbidden === undefined;

  const prepare = async (open: ReplayTarget, { request, position }: Placed, { isSigned, body }: Replay) => {
    const signing = isSigned ? await findSigning() : undefined;
    if (isSigned && !signing) throw new PageProblem(409, 'there is no secret to sign with');
    const placed = { request: body ? { ...request, body } : request, position };
    const plan = planFor(open, placed, { scheme, isResigned: isSigned, clock });
    client ??= open.connect();
    const { deliver } = await client;
    return { deliver, request: createSigner({ scheme, signing, clock })(plan) };
  };

  return {
    target: isOpen ? target.url.href : null,
    canSign: async () => isOpen && (await findSigning()) !== undefined,
    async replay(placed, replay, signal) {
      const open = openTarget(target);
      if (replay.body === undefined && placed.request.fidelity !== 'exact')
        throw new PageProblem(409, 'its body is incomplete or not exact, so it can only be sent after an edit');
      if (underWay >= most) throw new PageProblem(429, 'too many replays are under way');
      underWay += 1;
      try {
        const { deliver, request } = await prepare(open, placed, replay);
        return answerFor(await deliver(request, signal).catch(rejectUnsendable), open);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const { message: words, hint } = error;
        return noAnswer({ words, ...(hint !== undefined && { hint }) }, 0);
      } finally {
        underWay -= 1;
      }
    },
    close: async () => {
      await (await client?.catch(() => undefined))?.close();
    },
  };
}

function openTarget(target: ReplayTarget | undefined): ReplayTarget {
  if (!target) throw new PageProblem(409, 'there is no receiver to replay to');
  if (target.forbidden !== undefined)
    throw new PageProblem(403, target.forbidden.words, { hint: target.forbidden.hint });
  return target;
}

/** Plans what is sent: to the configured receiver, never to a host that the request names. */
function planFor(
  { url, headers, targetFor }: Pick<ReplayTarget, 'url' | 'headers' | 'targetFor'>,
  { request, position }: Placed,
  { scheme, isResigned, clock }: { scheme: Scheme; isResigned: boolean; clock: Clock },
): DeliveryPlan {
  const replayed = { ...request, file: 'request', position };
  const plan = replayPlan(replayed, { url, headers, scheme, isResigned, isFresh: false }, clock);
  if (!targetFor) return plan;
  const target = targetFor(request.target);
  if (target === undefined) throw new PageProblem(409, `${url.origin} has no such path`);
  return { ...plan, target };
}

/**
 * The request as a command line would send it, without credentials, not even the user's own. Throws InputError and
 * PageProblem.
 */
export const shareable = (
  target: Pick<ReplayTarget, 'url' | 'targetFor'>,
  { request, position }: Placed,
  making: { scheme: Scheme; clock: Clock },
): DeliveryPlan => {
  const shown = { ...request, headers: redactHeaders(request.headers) };
  return planFor({ ...target, headers: [] }, { request: shown, position }, { ...making, isResigned: false });
};

function answerFor(
  attempt: Awaited<ReturnType<HttpClient['deliver']>>,
  { wordsFor }: Pick<ReplayTarget, 'wordsFor'>,
): ReplayAnswer {
  const { milliseconds } = attempt;
  if ('failure' in attempt) return noAnswer(wordsFor(attempt.failure), milliseconds);
  const { status, headers, body, isBodyCut } = attempt.reply;
  return {
    status,
    milliseconds,
    headers: redactHeaders(headers),
    bodyBase64: Buffer.from(body).toString('base64'),
    isWhole: !isBodyCut,
  };
}

const noAnswer = (error: NonNullable<ReplayAnswer['error']>, milliseconds: number): ReplayAnswer => ({
  ...{ status: null, milliseconds, headers: [], bodyBase64: '', isWhole: false },
  error,
});

/** Undici refuses some requests that HTTP allows. */
function rejectUnsendable(error: unknown): never {
  if (error instanceof Error && isUnsendable(error))
    throw new InputError(`it can't be sent over HTTP: ${error.message}`);
  throw error;
}
