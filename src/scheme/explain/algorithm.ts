import type { Algorithm } from '../definition.js';
import type { Scheme } from '../scheme.js';
import type { Finding } from './hypothesis.js';

/** The algorithms a scheme may allow, plus md5, to recognise it. */
export type TriedAlgorithm = Algorithm | 'md5';

/** By digest length in bytes, which is unique. */
export const algorithmOfLength: ReadonlyMap<number, TriedAlgorithm> = new Map([
  [16, 'md5'],
  [20, 'sha1'],
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
]);

const tooWeak: readonly TriedAlgorithm[] = ['md5', 'sha1'];

/** Explains the mistake in a signature made with `made` and labelled `named`. */
export function algorithmFindings(
  made: TriedAlgorithm,
  named: string,
  { algorithms, algorithmHeader }: Pick<Scheme, 'algorithms' | 'algorithmHeader'>,
): Finding[] {
  const isAllowed = (name: string) => algorithms.some(algorithm => algorithm === name);
  const finding = (id: string, what: string, remedy: string): Finding[] => [
    { about: 'algorithm', id, words: `it was made with ${made}, ${what}`, remedy },
  ];
  if (!isAllowed(made)) {
    const what = tooWeak.includes(made) ? 'which is too weak to accept' : "which this scheme doesn't use";
    return finding(made, what, `sign with ${algorithms[0] ?? ''}`);
  }
  if (made === named || algorithmHeader === undefined) return [];
  const header = `send ${algorithmHeader}: ${made}`;
  return isAllowed(named)
    ? finding(made, `and ${algorithmHeader} doesn't say so`, `${header}, or sign with the algorithm it names`)
    : finding('algorithm-name', `and ${algorithmHeader} isn't exactly that word`, header);
}
