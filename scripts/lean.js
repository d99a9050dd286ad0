/**
 * What packages do while they are loaded, and no command of ours needs: together a third of the time that `--version` and
 * `verify` would take. A package that has changed its mind makes the build fail, so that this is looked at again.
 */
const surplus = [
  {
    // For subcommands that are programs of their own. Ours aren't.
    module: /commander\/lib\/command\.js$/,
    from: "const childProcess = require('node:child_process');",
    to: 'const childProcess = undefined;',
  },
  {
    // It loads tables of Unicode, and is for texts alone that aren't plain.
    module: /string-width\/index\.js$/,
    from: 'const segmenter = new Intl.Segmenter();',
    to: 'let made;\nconst segmenter = { segment: text => (made ??= new Intl.Segmenter()).segment(text) };',
  },
];

/** @returns {import('rolldown').Plugin} */
export const lean = () => ({
  name: 'lean',
  transform(code, id) {
    const found = surplus.find(({ module }) => module.test(id));
    if (!found) return null;
    if (!code.includes(found.from)) throw new Error(`${id} has no "${found.from}" any more.`);
    return { code: code.replace(found.from, found.to), map: null };
  },
});
