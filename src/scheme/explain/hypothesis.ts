/**
 * A common mistake. Its words are constants or come from the scheme's definition: they contain no part of a body or a
 * secret.
 */
export interface Mistake {
  id: string;
  /** The finding, as a clause. */
  words: string;
  /** The fix, as an imperative. */
  remedy: string;
}

/** A mistake that was made. */
export interface Finding extends Mistake {
  about: 'body' | 'content' | 'secret' | 'hmac' | 'algorithm' | 'spelling' | 'timestamp';
}

/** A possible mistake with a body or a secret, which is the `Material`. */
export interface Hypothesis<Material> extends Mistake {
  /** Returns the bytes that this mistake would use, or several candidates; undefined if it is impossible. */
  attempt: (material: Material) => Attempt | undefined;
  /** The longest body, in bytes, worth an attempt. Default: any. */
  longest?: number;
}

type Attempt = Uint8Array | string | Iterable<Uint8Array | string>;

export interface Candidate {
  bytes: Uint8Array;
  finding: Finding;
}

/** Tries hypotheses lazily, and leaves out those that change nothing. */
export function* candidatesOf<Material extends { bytes: Uint8Array }>(
  about: Finding['about'],
  table: readonly Hypothesis<Material>[],
  material: Material,
): Generator<Candidate> {
  for (const { attempt, longest = Number.POSITIVE_INFINITY, ...mistake } of table) {
    if (material.bytes.length > longest) continue;
    for (const bytes of attemptsOf(attempt(material))) {
      if (Buffer.compare(bytes, material.bytes) !== 0) yield { bytes, finding: { about, ...mistake } };
    }
  }
}

function* attemptsOf(attempt: Attempt | undefined): Generator<Uint8Array> {
  if (attempt === undefined) return;
  if (attempt instanceof Uint8Array) yield attempt;
  else if (typeof attempt === 'string') yield Buffer.from(attempt);
  else for (const each of attempt) yield typeof each === 'string' ? Buffer.from(each) : each;
}
