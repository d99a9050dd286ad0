import { useMemo, useState } from 'preact/hooks';
import type { ReplayAnswer } from '../types.js';
import { Message, Status } from './answer.js';
import { Foreign } from './foreign.js';
import { problemOf, type Problem, type Replay, type Source } from './source.js';
import { spanText } from './times.js';

/** One replay and its outcome. */
interface Sent {
  id: number;
  /** The number of the replayed request. */
  position: number;
  words: string;
  answer?: ReplayAnswer;
  problem?: Problem;
}

export interface Replays {
  of: (position: number) => readonly Sent[];
  send: (position: number, replay: Replay) => void;
  /** Bodies that are being edited. */
  drafts: Map<number, string>;
}

/** The newest replays; older ones are forgotten. */
const most = 50;

/** `announce` is called with each outcome. */
export function useReplays(source: Source, announce: (words: string) => void): Replays {
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const drafts = useMemo(() => new Map<number, string>(), [source]);
  const send = async (position: number, replay: Replay): Promise<void> => {
    const id = performance.now();
    const words = wordsFor(replay);
    setSent(all => [{ id, position, words }, ...all].slice(0, most));
    const finish = (result: Pick<Sent, 'answer' | 'problem'>): void => {
      setSent(all => all.map(each => (each.id === id ? { ...each, ...result } : each)));
    };
    try {
      const answer = await source.replay(position, replay);
      finish({ answer });
      announce(`${words}: ${answer.status === null ? 'no response' : `returned ${answer.status}`}`);
    } catch (error) {
      const problem = problemOf(error);
      finish({ problem });
      announce(`${words}: ${problem.message}`);
    }
  };
  return useMemo(
    () => ({
      drafts,
      of: position => sent.filter(each => each.position === position),
      send: (position, replay) => void send(position, replay),
    }),
    [drafts, sent],
  );
}

function wordsFor({ isSigned, body }: Replay): string {
  if (body) return 'Edited, signed and sent';
  return isSigned ? 'Re-signed and sent' : 'Sent again as is';
}

/** The replays of a request, the newest first. */
export function ReplayResults({ sent }: { sent: readonly Sent[] }) {
  if (sent.length === 0) return null;
  return (
    <section class="results" aria-label="Replays">
      {sent.map(({ id, words, answer, problem }) => (
        <article key={id}>
          <p>
            {words}: <Result answer={answer} problem={problem} />
          </p>
          {answer && answer.status !== null && <Message label="response to the replay" {...answer} />}
        </article>
      ))}
    </section>
  );
}

function Result({ answer, problem }: { answer: Sent['answer']; problem: Sent['problem'] }) {
  const { words, hint } = problem ? { words: problem.message, hint: problem.hint } : (answer?.error ?? {});
  if (words !== undefined)
    return (
      <>
        <strong class="code-of refused">
          <Foreign text={words} />
        </strong>
        {hint !== undefined && (
          <span class="faint">
            {' '}
            (<Foreign text={hint} />)
          </span>
        )}
      </>
    );
  if (!answer) return <span class="faint">waiting for the response…</span>;
  return (
    <>
      <Status status={answer.status} /> <span class="faint">in {spanText(answer.milliseconds)}</span>
    </>
  );
}
