import type { Delivery } from '../case.js';
import type { Kit } from '../kit.js';
import type { Board } from './board.js';

/** A mistake in a receiver that explains one or more failed cases. Its texts are our own constants. */
export interface Cause {
  id: string;
  /** A clause. */
  words: string;
  /** An imperative, with code for common frameworks. */
  fix: string;
  /** The ids of the cases it explains. */
  explains: string[];
}

/** The cause of a failed case, whose fix replaces the general one of the case. */
export const causeOf = (id: string, causes: readonly Cause[]): Cause | undefined =>
  causes.find(({ explains }) => explains.includes(id));

/** A cause and the pattern of responses that reveals it. */
export interface CauseRow extends Omit<Cause, 'explains'> {
  /** Texts for bodies other than events of the catalogue. */
  elsewhere?: Partial<Record<'words' | 'fix', string>>;
  /** The cases it breaks. */
  explains: readonly string[];
  /** Cases it breaks, too, if they crash with the same response as the first that it explains. */
  alike?: readonly string[];
  shows: (board: Board) => boolean;
  /** Set if probes can show what is verified instead of the raw body; true if the pattern suffices without one. */
  isSureOnly?: (board: Board) => boolean;
  /** A delivery whose response confirms this cause, if the pattern alone doesn't. */
  confirmation?: { delivery: (kit: Kit) => Delivery; isShownBy: (status: number | undefined) => boolean };
}

/** A delivery that a correct receiver refuses, and the mistake in one that accepts it. */
export interface Probe {
  cause: Omit<Cause, 'explains'>;
  delivery: Delivery;
}
