/** A usual mistake. Its words are constants, so they hold nothing of a request or a secret. */
export interface Mistake {
  id: string;
  /** What was found, as a clause. */
  words: string;
  /** How to mend it, as an imperative. */
  remedy: string;
}

export interface Finding extends Mistake {
  about: 'body' | 'secret' | 'algorithm' | 'spelling';
}

export interface Hypothesis<Material> extends Mistake {
  /** The bytes that were at work if the mistake was made; undefined where it can't have been. */
  attempt: (material: Material) => Uint8Array | undefined;
}

export interface Candidate {
  bytes: Uint8Array;
  finding: Finding;
}

/** What the table makes of the material, each as soon as it is asked for, without what equals an earlier one. */
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
