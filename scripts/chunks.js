import path from 'node:path';

/**
 * Puts lazily loaded modules and all that they need into one file, except what `loaded` modules have loaded by then. Loading
 * a file costs as much as 15 kB more of code in another.
 *
 * @param {string} name
 * @param {{ modules: readonly string[]; loaded: readonly string[] }} options
 * @returns {import('rolldown').CodeSplittingGroup}
 */
export function together(name, { modules, loaded }) {
  let sets;
  return {
    debugName: name,
    name: (id, context) => {
      const importsOf = each => context.getModuleInfo(each)?.importedIds ?? [];
      const [ours, theirs] = (sets ??= [modules, loaded].map(entries => loadedWith(entries, importsOf)));
      return ours.has(id) && !theirs.has(id) ? name : null;
    },
  };
}

/** The modules that `entries` load at once, themselves included. */
function loadedWith(entries, importsOf) {
  const loaded = new Set();
  const load = module => {
    if (loaded.has(module)) return;
    loaded.add(module);
    importsOf(module).forEach(load);
  };
  entries.map(entry => path.resolve(entry)).forEach(load);
  return loaded;
}
