import path from 'node:path';

/**
 * Puts lazily loaded modules and everything they need into one file, except what the `loaded` modules have already loaded.
 * Loading a separate file costs as much as 15 kB of code in an existing one.
 *
 * @param {string} name
 * @param {{ modules: readonly string[]; loaded: readonly string[]; sparing?: boolean; without?: RegExp }} options `sparing`:
 *   leaves out modules that others need without these, since the file is large. `without`: modules that are only re-exported.
 * @returns {import('rolldown').CodeSplittingGroup}
 */
export function together(name, options) {
  let members;
  return {
    debugName: name,
    name: (id, context) => {
      members ??= membersOf(options, each => context.getModuleInfo(each));
      return members.has(id) ? name : null;
    },
  };
}

/**
 * Puts modules that more than one of `modules` loads at once into few files: one for each set of heavy modules, of Node or of
 * a package, that they bring with them. So none of these files loads what only another one needs.
 *
 * @param {string} name
 * @param {{ modules: readonly string[]; always: readonly string[]; loaded: readonly string[]; light: ReadonlySet<string> }} options
 *   `always`: what each of them is loaded with. `light`: names of packages and modules of Node that aren't heavy.
 * @returns {import('rolldown').CodeSplittingGroup}
 */
export function shared(name, options) {
  let names;
  return {
    debugName: name,
    name: (id, context) => {
      names ??= sharedNames(name, options, each => context.getModuleInfo(each)?.importedIds ?? []);
      return names.get(id) ?? null;
    },
  };
}

function sharedNames(name, { modules, always, loaded, light }, importsOf) {
  const needed = modules.flatMap(module => [...loadedWith([module], importsOf)]);
  const repeated = needed.filter((id, index) => needed.indexOf(id) !== index);
  const theirs = loadedWith(loaded, importsOf);
  const isHeavy = id => packageOf(id) !== '' && !light.has(packageOf(id) ?? id);
  const members = [...new Set([...loadedWith(always, importsOf), ...repeated])].filter(
    id => path.isAbsolute(id) && !theirs.has(id) && !isHeavy(id),
  );
  return new Map(
    members.map(id => [
      id,
      [name, ...heavyWith(id)]
        .join('-')
        .replaceAll(/node:|@/g, '')
        .replaceAll('/', '.'),
    ]),
  );

  function heavyWith(id) {
    const heavy = [...loadedWith([id], importsOf)].filter(isHeavy);
    const packages = heavy.map(packageOf).filter(Boolean);
    // A package brings what it needs of Node.
    return [...new Set(packages.length > 0 ? packages : heavy)].sort();
  }
}

/** The name of the package; an empty one for our own modules, undefined for Node's. */
const packageOf = id =>
  path.isAbsolute(id) ? (/.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? '') : undefined;

function membersOf({ modules, loaded, sparing = false, without }, getModuleInfo) {
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
  return new Set([...ours].filter(id => !theirs.has(id) && !shared.has(id) && !without?.test(id)));
}

/** The modules that `entries` load at once, including themselves. */
function loadedWith(entries, importsOf) {
  const loaded = new Set();
  const load = module => {
    if (loaded.has(module)) return;
    loaded.add(module);
    importsOf(module).forEach(load);
  };
  entries.map(entry => (entry.startsWith('src/') ? path.resolve(entry) : entry)).forEach(load);
  return loaded;
}

/**
 * Makes a file with the entry's plain name that leads to the one with a hash in its name.
 *
 * @returns {import('rolldown').Plugin}
 */
export const named = () => ({
  name: 'named',
  generateBundle(_, bundle) {
    for (const { isEntry, name, fileName } of Object.values(bundle)) {
      if (!isEntry) continue;
      this.emitFile({ type: 'asset', fileName: `${name}.cjs`, source: `module.exports = require("./${fileName}");\n` });
    }
  },
});

/**
 * Lets bundled CommonJS modules get Node's modules without node:module, whose loading takes as long as half of the library.
 * All others are bundled.
 *
 * @returns {import('rolldown').Plugin}
 */
export const builtins = () => ({
  name: 'builtins',
  renderChunk: code =>
    code
      .replace(/import \{ createRequire \} from "node:module";\n/, '')
      .replace('createRequire(import.meta.url)', 'process.getBuiltinModule'),
});
