import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes the licences of all bundled packages beside the bundle, as they require. Fails if a package has none.
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

/** The folder of the package that a module belongs to; undefined for our own modules and the bundler's. */
const packageFolderOf = id => /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1];

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(candidate => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(candidate));
  if (!license) throw new Error(`${name} doesn't tell its licence.`);
  // A licence requires its text even if the package only names it.
  const text = file === undefined ? textOf(license) : readFileSync(path.join(folder, file), 'utf8');
  return `${name} ${version}, ${license}\n\n${text.trim()}\n`;
}

/** A text that is in no package, from `licences/`. Throws if there is none. */
const textOf = name => readFileSync(new URL(`licences/${name}.txt`, import.meta.url), 'utf8');
