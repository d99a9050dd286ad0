import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes the licences of all that is in the bundle beside it, as they ask for. Fails where a package has none.
 *
 * @returns {import('rolldown').Plugin}
 */
export const licences = () => ({
  name: 'licences',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap(output =>
      output.type === 'chunk' ? Object.keys(output.modules) : [],
    );
    const folders = new Set(modules.map(packageFolderOf).filter(folder => folder !== undefined));
    const inside = modules.some(id => id.includes('llhttp')) ? [textOf('llhttp')] : [];
    const source = [...[...folders].sort().map(licenceOf), ...inside].join(`\n${'-'.repeat(80)}\n\n`);
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: `${opening}\n\n${source}` });
  },
});

const opening = 'webhook-cli contains parts of these packages, each under its own licence.';

/** The folder of the package that a module belongs to; none for our own and the bundler's. */
const packageFolderOf = id => /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1];

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(candidate => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(candidate));
  if (!license) throw new Error(`${name} doesn't tell its licence.`);
  // A package that has only the licence's name still asks for its text.
  const text = file === undefined ? textOf(license) : readFileSync(path.join(folder, file), 'utf8');
  return `${name} ${version}, ${license}\n\n${text.trim()}\n`;
}

/** A text that isn't in any package, from `licences/`. Fails where there is none. */
const textOf = name => readFileSync(new URL(`licences/${name}.txt`, import.meta.url), 'utf8');
