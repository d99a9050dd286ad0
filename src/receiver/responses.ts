import type { Action } from './received-request.js';

/** A receiver's planned misbehaviour: what it does about accepted requests, one after the other. */
export type Script = readonly Action[];

/** Deals out the actions of a script in order; the last one again and again. */
export function createPrompter(script: Script): () => Action | undefined {
  let turn = 0;
  return () => script[Math.min(turn++, script.length - 1)];
}
