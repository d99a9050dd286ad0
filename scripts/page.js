import { readFileSync } from 'node:fs';

const source = file => new URL(`../src/page/client/${file}`, import.meta.url);

/** Custom properties that the script reads or sets. */
const shared = ['--row', '--level'];

/** Gives the other custom properties names of one or two letters. */
function renamed(style) {
  const names = [...new Set(style.match(/--[a-z]+/g))].filter(name => !shared.includes(name));
  const short = new Map(names.map((name, index) => [name, `--${index.toString(36)}`]));
  return style.replaceAll(/--[a-z]+/g, name => short.get(name) ?? name);
}

/**
 * Puts the page's document and style beside its script. Blanks and comments are removed, since no string in the style has any.
 *
 * @returns {import('rolldown').Plugin}
 */
export const page = () => ({
  name: 'page',
  generateBundle() {
    const style = renamed(readFileSync(source('page.css'), 'utf8'))
      .replaceAll(/\/\*.*?\*\//gs, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([{};,]) ?|: /g, (blanks, sign = ':') => sign)
      .replaceAll(';}', '}')
      .trim();
    this.emitFile({ type: 'asset', fileName: 'page.css', source: style });
    this.emitFile({ type: 'asset', fileName: 'index.html', source: readFileSync(source('index.html'), 'utf8') });
  },
});
