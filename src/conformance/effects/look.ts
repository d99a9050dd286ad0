import { setTimeout as sleep } from 'node:timers/promises';
import type { Ids, Probe, ProbeFailure } from './probe.js';

/** Why the state is unknown: the probe failed, or its output kept changing. */
export type ObservationFailure =
  ProbeFailure | { kind: 'unsettled'; outputs: readonly [string, string]; milliseconds: number };

export interface Looking {
  probe: Probe;
  ids: Ids;
  /** Milliseconds to wait for a stable state. */
  patience: number;
  /** The number of equal outputs in a row that make a stable state. */
  equals: number;
  /** The output that should change; undefined if no change is expected. */
  from?: string | undefined;
  signal: AbortSignal;
}

export interface Seen {
  output: string;
  /** The number of outputs before the last change; 0 if the first output showed it. */
  lag: number;
}

/** Runs the probe until its output stays the same. Rejects with the signal's reason once it is aborted. */
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

/** Milliseconds between two probes. */
const longestInterval = 100;
