import { setTimeout as sleep } from 'node:timers/promises';
import type { Ids, Probe, ProbeFailure } from './probe.js';

/** Why the state isn't known: there was no answer, or answers kept changing. */
export type ObservationFailure =
  ProbeFailure | { kind: 'unsettled'; outputs: readonly [string, string]; milliseconds: number };

export interface Looking {
  probe: Probe;
  ids: Ids;
  /** Milliseconds within which the state has to settle. */
  patience: number;
  /** How many answers in a row have to be equal. */
  equals: number;
  /** The output that is expected to change; undefined: none is. */
  from?: string | undefined;
  signal: AbortSignal;
}

export interface Seen {
  output: string;
  /** How many answers came before the last change; 0 if the first answer showed it. */
  lag: number;
}

/** Asks until answers in a row are equal. Rejects with the reason of the signal once that is aborted. */
export async function look(looking: Looking): Promise<Seen | { failure: ObservationFailure }> {
  const { probe, ids, patience, equals, from, signal } = looking;
  const interval = Math.min(longestInterval, patience / 20);
  const end = performance.now() + patience;
  let output: string | undefined;
  let lag = 0;
  for (let asked = 0; ; asked += 1) {
    const answer = await probe.ask(ids, signal);
    if ('failure' in answer) return answer;
    const isOver = asked > 0 && performance.now() >= end;
    if (answer.output !== output) {
      if (isOver) return unsettled([output ?? '', answer.output], patience);
      [output, lag] = [answer.output, asked];
    } else if (isOver || (output !== from && asked - lag + 1 >= equals)) {
      return { output, lag };
    }
    await sleep(interval, undefined, { signal });
  }
}

const unsettled = (outputs: readonly [string, string], milliseconds: number): { failure: ObservationFailure } => ({
  failure: { kind: 'unsettled', outputs, milliseconds },
});

/** Milliseconds between two questions. */
const longestInterval = 100;
