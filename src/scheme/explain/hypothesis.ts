/** A common mistake. Its words are constants, or name what the scheme's definition says: they hold nothing of a body or a secret. */
export interface Mistake {
  id: string;
  /** What was found, as a clause. */
  words: string;
  /** How to fix it, as an imperative. */
  remedy: string;
}

/** A mistake that was made. */
export interface Finding extends Mistake {
  about: 'body' | 'content' | 'secret' | 'hmac' | 'algorithm' | 'spelling' | 'timestamp';
}

/** A mistake that may have been made with a body or a secret, which is the `Material`. */
export interface Hypothesis<Material> extends Mistake {
  /** Returns the bytes that were used if the mistake was made, or several that may have been; undefined if it can't be. */
  attempt: (material: Material) => Attempt | undefined;
  /** The longest body, in bytes, for which an attempt is worth its time. Default: any. */
  longest?: number;
}

type Attempt = Uint8Array | string | Iterable<Uint8Array | string>;

export interface Candidate {
  bytes: Uint8Array;
  finding: Finding;
}

/** Tries each hypothesis when its turn comes, and leaves out what changes nothing. */
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
