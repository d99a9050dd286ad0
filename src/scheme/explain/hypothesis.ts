/** A common mistake. Its words are constants, so they hold nothing of a request or a secret. */
export interface Mistake {
  id: string;
  /** What was found, as a clause. */
  words: string;
  /** How to fix it, as an imperative. */
  remedy: string;
}

/** A mistake that was made. */
export interface Finding extends Mistake {
  about: 'body' | 'secret' | 'algorithm' | 'spelling';
}

/** A mistake that may have been made with a body or a secret, which is the `Material`. */
export interface Hypothesis<Material> extends Mistake {
  /** Returns the bytes that were used if the mistake was made; undefined if it can't have been. */
  attempt: (material: Material) => Uint8Array | undefined;
}

export interface Candidate {
  bytes: Uint8Array;
  finding: Finding;
}

/** Tries each hypothesis when its turn comes, and leaves out bytes that an earlier one has made. */
export function* candidatesOf<Material extends { bytes: Uint8Array }>(
  about: Finding['about'],
  table: readonly Hypothesis<Material>[],
  material: Material,
): Generator<Candidate> {
  const seen = [material.bytes];
  for (const { attempt, ...mistake } of table) {
    const bytes = attempt(material);
    if (bytes === undefined || seen.some(other => Buffer.compare(other, bytes) === 0)) continue;
    seen.push(bytes);
    yield { bytes, finding: { about, ...mistake } };
  }
}
