import type { Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import type { Board } from './board.js';

/** What is wrong with a receiver, behind one or several cases that it fails. Its texts are constants of ours. */
export interface Cause {
  id: string;
  /** A clause. */
  words: string;
  /** An imperative, with the code for the usual frameworks. */
  fix: string;
  /** The ids of the cases that it explains. */
  explains: string[];
}

/** A cause, and the pattern of answers that shows it. */
export interface CauseRow extends Omit<Cause, 'explains'> {
  /** Words that differ where bodies aren't events of the catalogue. */
  elsewhere?: Partial<Record<'words' | 'fix', string>>;
  /** The cases that it breaks. */
  explains: readonly string[];
  shows: (board: Board) => boolean;
  /** Set where probes name what is verified in place of the raw body; whether the pattern is enough without one. */
  isSureOnly?: (board: Board) => boolean;
  /** A delivery that a receiver with this cause answers in a certain way, where the pattern alone doesn't show it. */
  confirmation?: { delivery: (kit: Kit) => Delivery; isShownBy: (status: number | undefined) => boolean };
}

/** A delivery that a right receiver refuses, and what is wrong with one that accepts it. */
export interface Probe {
  cause: Omit<Cause, 'explains'>;
  delivery: Delivery;
}
