import type { LooseClaim } from '../claim.js';
import type { Message } from '../message.js';
import type { Scheme } from '../scheme.js';
import type { Secret } from '../secret.js';
import type { Search } from './budget.js';
import type { Compositions } from './content/compositions.js';
import type { Finding } from './hypothesis.js';
import type { Reading } from './signature.js';

/** The input of a search for the cause of a bad signature. */
export interface Sought {
  message: Message;
  secrets: readonly Secret[];
  /** Secrets that aren't accepted. */
  others: readonly Secret[];
  scheme: Scheme;
  claim: LooseClaim;
  /** The signatures that may be HMACs. */
  readings: readonly Reading[];
  compositions: Compositions;
  time: Search;
}

export type SearchResult = Found | { tried: number; isComplete: boolean };

interface Found {
  findings: readonly Finding[];
  origin: string;
  reading: Reading;
  /** What was signed in place of the body, or the body itself. */
  body?: Uint8Array | undefined;
}

export const anotherSecret: Finding = {
  about: 'secret',
  id: 'another-secret',
  words: 'it was made with another of the secrets that webhook-cli knows',
  remedy: 'use the same secret on both sides, from the same profile or environment',
};
