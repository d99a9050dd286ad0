import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { LocalError, systemWords } from '../errors.js';

/** Makes the document whole before it has its name. `suffix` makes a name beside it that nobody else takes. Throws LocalError. */
export async function writeDocument(file: string, content: string, suffix: string): Promise<void> {
  try {
    const place = await realpath(file).catch(() => file);
    if (await isSpecial(place)) await writeFile(place, content);
    else await replace(place, content, `${place}.${suffix}`);
  } catch (cause) {
    throw new LocalError(`can't write the report ${file}: ${systemWords(cause)}`, {
      cause,
      hint: 'does its folder exist, and is it yours?',
    });
  }
}

/** A pipe or a device is written to, never replaced. */
const isSpecial = (place: string): Promise<boolean> =>
  stat(place).then(
    found => !found.isFile() && !found.isDirectory(),
    () => false,
  );

async function replace(place: string, content: string, temporary: string): Promise<void> {
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
