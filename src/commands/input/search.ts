import { readdir, stat, type Dirent } from 'node:fs';
import path from 'node:path';
import { glob, isDynamicPattern, type GlobOptions } from 'tinyglobby';

/** Finds files in a folder and its subfolders, in order, skipping node_modules and names that begin with a dot. */
export async function search(pattern: string, cwd: string, { isCaseIgnored = false } = {}): Promise<string[]> {
  const files = await glob(pattern, {
    ...{ cwd, fs: { readdir: readLinkedFiles }, followSymbolicLinks: false, caseSensitiveMatch: !isCaseIgnored },
    ...{ ignore: ['**/node_modules/**'], expandDirectories: false },
  });
  return files.sort();
}

type ReadFolder = NonNullable<NonNullable<GlobOptions['fs']>['readdir']>;

type Done = (error: NodeJS.ErrnoException | null, entries?: Dirent[]) => void;

/**
 * Lists a folder, with links to files as files, as Kubernetes mounts them. Links to folders and devices stay links and aren't
 * followed: they may lead anywhere, even in circles. A broken link counts as an unreadable file.
 */
const readLinkedFiles = ((folder: string, options: { withFileTypes: true }, done: Done) => {
  readdir(folder, options, (error, entries) => {
    if (error) done(error);
    else resolveLinks(folder, entries, done);
  });
}) as ReadFolder;

function resolveLinks(folder: string, entries: Dirent[], done: Done): void {
  const links = entries.filter(entry => entry.isSymbolicLink());
  let left = links.length;
  if (left === 0) done(null, entries);
  for (const link of links) {
    stat(path.join(folder, link.name), (error, found) => {
      if (error || found.isFile()) Object.assign(link, { isFile: () => true, isSymbolicLink: () => false });
      left -= 1;
      if (left === 0) done(null, entries);
    });
  }
}

/** Where a glob looks: its base folder, and a glob for everything there at the same depth. */
export function breadthOf(pattern: string): { folder: string; everything: string } {
  const parts = pattern.split('/');
  const first = parts.findIndex(part => isDynamicPattern(part));
  const fixed = parts.slice(0, first);
  const others = parts.slice(first).map(part => (part === '**' ? part : '*'));
  return { folder: fixed.join('/') || (first === 0 ? '.' : '/'), everything: [...fixed, ...others].join('/') };
}
