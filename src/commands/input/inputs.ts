import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../errors.js';

/** Resolves names, folders and globs to files, in the order given; `-` stays. `extensions`: of files in a folder. Throws UsageError. */
export async function inputsOf(
  names: readonly string[],
  { cwd, extensions }: { cwd: string; extensions: readonly string[] },
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) found.push(...(name === '-' ? ['-'] : await filesOf(name, cwd, extensions)));
  return found;
}

async function filesOf(name: string, cwd: string, extensions: readonly string[]): Promise<string[]> {
  const kind = await kindOf(path.resolve(cwd, name));
  if (kind === 'file') return [name];
  if (kind === 'folder') {
    const files = await search(
      `**/*.${extensions.length > 1 ? `{${extensions.join()}}` : extensions.join()}`,
      path.resolve(cwd, name),
    );
    if (files.length === 0)
      throw new UsageError(`no ${listed(extensions)} file is in ${name}`, {
        hint: 'name files with other extensions directly, or with a glob',
      });
    return files.map(file => path.join(name, file));
  }
  // A missing file is reported when its turn comes, so that the others are still checked.
  const { isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(name)) return [name];
  const files = await search(name, cwd);
  if (files.length === 0)
    throw new UsageError(`no file matches ${name}`, { hint: 'put the glob in quotes, and check the folder' });
  return files;
}

/** `.json, .ndjson or .jsonl` */
const listed = (extensions: readonly string[]): string =>
  extensions
    .map(extension => `.${extension}`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');

/** Doesn't follow links: they may lead anywhere, even in circles. */
async function search(pattern: string, cwd: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  const ignore = ['**/node_modules/**'];
  const files = await glob(pattern, { cwd, followSymbolicLinks: false, ignore, expandDirectories: false });
  return files.sort();
}

const kindOf = (file: string): Promise<'file' | 'folder' | 'nothing'> =>
  stat(file).then(
    found => (found.isDirectory() ? 'folder' : 'file'),
    () => 'nothing',
  );
