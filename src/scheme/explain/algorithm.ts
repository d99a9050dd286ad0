import type { Algorithm } from '../definition.js';
import type { Scheme } from '../scheme.js';
import type { Finding } from './hypothesis.js';

/** Those that are accepted, and two that are tried only to tell that they were used. */
export type TriedAlgorithm = Algorithm | 'md5';

/** The length of a digest tells how it was made: no two of them are alike. */
export const algorithmOfLength: ReadonlyMap<number, TriedAlgorithm> = new Map([
  [16, 'md5'],
  [20, 'sha1'],
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
]);

/** What is wrong with the algorithm of a signature that was made with `made`, under the name `named`. */
export function algorithmFindings(
  made: TriedAlgorithm,
  named: string,
  { algorithms, algorithmHeader }: Pick<Scheme, 'algorithms' | 'algorithmHeader'>,
): Finding[] {
  const isAllowed = (name: string) => algorithms.some(algorithm => algorithm === name);
  if (!isAllowed(made)) {
    const words = `it was made with ${made}, which is too weak to be accepted`;
    return [{ about: 'algorithm', id: made, words, remedy: `sign with ${algorithms[0] ?? ''}` }];
  }
  if (made === named || algorithmHeader === undefined) return [];
  const remedy = `send ${algorithmHeader}: ${made}, or sign with the algorithm that it names`;
  if (isAllowed(named)) {
    const words = `it was made with ${made}, and ${algorithmHeader} doesn't say so`;
    return [{ about: 'algorithm', id: made, words, remedy }];
  }
  const words = `it was made with ${made}, and ${algorithmHeader} isn't exactly that word`;
  return [{ about: 'algorithm', id: 'algorithm-name', words, remedy: `send ${algorithmHeader}: ${made}` }];
}
