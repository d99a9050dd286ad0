import { statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors.js';
import { counted } from '../../text/words.js';

/**
 * Resolves names, folders and globs to files, in the order given; keeps `-`. `extensions` filters the files of folders.
 * Throws UsageError.
 */
export async function inputsOf(
  names: readonly string[],
  { cwd, extensions }: { cwd: string; extensions: readonly string[] },
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) found.push(...(name === '-' ? ['-'] : await filesOf(name, cwd, extensions)));
  return found;
}

async function filesOf(name: string, cwd: string, extensions: readonly string[]): Promise<string[]> {
  const kind = kindOf(path.resolve(cwd, name));
  if (kind === 'file') return [name];
  if (kind === 'folder') return filesInFolder(name, { cwd, extensions });
  // A missing file is reported when it is reached, so that the others are still checked.
  const { isDynamicPattern } = await import('tinyglobby');
  return isDynamicPattern(name) ? filesMatching(name, cwd) : [name];
}

async function filesInFolder(
  name: string,
  { cwd, extensions }: { cwd: string; extensions: readonly string[] },
): Promise<string[]> {
  const { search } = await import('./search.js');
  const folder = path.resolve(cwd, name);
  const wanted = extensions.length > 1 ? `{${extensions.join()}}` : extensions.join();
  const files = await search(`**/*.${wanted}`, folder, { isCaseIgnored: true });
  if (files.length > 0) return files.map(file => path.join(name, file));
  const others = await search('**/*', folder);
  throw new UsageError(`${name} has no ${listed(extensions)} file${lookedAt(others)}`, {
    hint: others.length > 0 ? 'pass files with other extensions directly, or with a glob' : 'is it the right folder?',
  });
}

/** `.json, .ndjson or .jsonl` */
const listed = (extensions: readonly string[]): string =>
  extensions
    .map(extension => `.${extension}`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');

async function filesMatching(pattern: string, cwd: string): Promise<string[]> {
  const { breadthOf, search } = await import('./search.js');
  const files = await search(pattern, cwd);
  if (files.length > 0) return files;
  const { folder, everything } = breadthOf(pattern);
  if (kindOf(path.resolve(cwd, folder)) !== 'folder')
    throw new UsageError(`no file matches ${pattern}`, { hint: `there is no folder ${folder}` });
  throw new UsageError(`no file matches ${pattern}${lookedAt(await search(everything, cwd))}`, {
    hint: 'put the glob in quotes; ** matches any number of folders',
  });
}

const lookedAt = ({ length }: readonly string[]): string =>
  length === 0 ? ': there are no files' : ` (${counted(length, 'file', 'files')} looked at)`;

function kindOf(file: string): 'file' | 'folder' | 'nothing' {
  try {
    return statSync(file).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
