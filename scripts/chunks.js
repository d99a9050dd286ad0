import path from 'node:path';

/**
 * Puts lazily loaded modules and everything they need into one file, except what the `loaded` modules have already loaded.
 * Loading a separate file costs as much as 15 kB of code in an existing one.
 *
 * @param {string} name
 * @param {{ modules: readonly string[]; loaded: readonly string[]; sparing?: boolean }} options `sparing`: leaves out
 *   modules that others need without these, since the file is large.
 * @returns {import('rolldown').CodeSplittingGroup}
 */
export function together(name, { modules, loaded, sparing = false }) {
  let members;
  return {
    debugName: name,
    name: (id, context) => {
      members ??= membersOf({ modules, loaded, sparing }, each => context.getModuleInfo(each));
      return members.has(id) ? name : null;
    },
  };
}

function membersOf({ modules, loaded, sparing }, getModuleInfo) {
  const importsOf = each => getModuleInfo(each)?.importedIds ?? [];
  const [ours, theirs] = [modules, loaded].map(entries => loadedWith(entries, importsOf));
  const entries = modules.map(entry => path.resolve(entry));
  // Code that needs one of them but not the entries would load all of them. Dependencies have importers that nothing imports.
  const isWantedAlone = id =>
    sparing &&
    !entries.includes(id) &&
    !id.includes('node_modules') &&
    getModuleInfo(id).importers.some(importer => {
      const needed = loadedWith([importer], importsOf);
      return !ours.has(importer) && !entries.some(entry => needed.has(entry));
    });
  const shared = loadedWith([...ours].filter(isWantedAlone), importsOf);
  return new Set([...ours].filter(id => !theirs.has(id) && !shared.has(id)));
}

/** The modules that `entries` load at once, including themselves. */
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
