import { appendFile } from 'node:fs/promises';
import { LocalError, systemWords } from '../errors.js';
import { writeThrough } from '../file/atomic-file.js';
import type { Clock } from '../ports.js';

/**
 * Writes a document completely or not at all; with `isAppended`, at the end of the file. Throws LocalError.
 */
export async function writeDocument(
  file: string,
  content: string,
  { clock, isAppended = false }: { clock: Pick<Clock, 'randomBytes'>; isAppended?: boolean },
): Promise<void> {
  try {
    if (isAppended) await appendFile(file, content);
    else await writeThrough(file, content, { clock });
  } catch (cause) {
    throw new LocalError(`can't write the report ${file}: ${systemWords(cause)}`, {
      cause,
      hint: 'does its folder exist, and is it yours?',
    });
  }
}
