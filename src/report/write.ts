import { LocalError, systemWords } from '../errors.js';
import { writeThrough } from '../file/atomic-file.js';
import type { Clock } from '../ports.js';

/** Writes a document as a whole or not at all. Throws LocalError. */
export async function writeDocument(file: string, content: string, clock: Pick<Clock, 'randomBytes'>): Promise<void> {
  try {
    await writeThrough(file, content, { clock });
  } catch (cause) {
    throw new LocalError(`can't write the report ${file}: ${systemWords(cause)}`, {
      cause,
      hint: 'does its folder exist, and is it yours?',
    });
  }
}
