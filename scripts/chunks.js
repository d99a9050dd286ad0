import path from 'node:path';

/**
 * Puts all that a lazily loaded module needs into one file with it, but for what the entry has already. To load a file costs
 * as much as 15 kB more of code in another.
 *
 * @returns {import('rolldown').CodeSplittingGroup}
 */
export function together(name, { module, entry }) {
  let loaded;
  return {
    debugName: name,
    name: (id, context) => {
      const importsOf = each => context.getModuleInfo(each)?.importedIds ?? [];
      const [ours, theirs] = (loaded ??= [module, entry].map(each => loadedWith(path.resolve(each), importsOf)));
      return ours.has(id) && !theirs.has(id) ? name : null;
    },
  };
}

function loadedWith(module, importsOf, loaded = new Set()) {
  if (!loaded.has(module)) {
    loaded.add(module);
    for (const imported of importsOf(module)) loadedWith(imported, importsOf, loaded);
  }
  return loaded;
}
