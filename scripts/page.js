import { readFileSync } from 'node:fs';

const source = file => new URL(`../src/page/client/${file}`, import.meta.url);

/**
 * Puts the document and the style of the page beside its script. The style has no strings with blanks or comments, so both go.
 *
 * @returns {import('rolldown').Plugin}
 */
export const page = () => ({
  name: 'page',
  generateBundle() {
    const style = readFileSync(source('page.css'), 'utf8')
      .replaceAll(/\/\*.*?\*\//gs, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([{};,]) ?|: /g, (blanks, sign = ':') => sign)
      .replaceAll(';}', '}')
      .trim();
    this.emitFile({ type: 'asset', fileName: 'page.css', source: style });
    this.emitFile({ type: 'asset', fileName: 'index.html', source: readFileSync(source('index.html'), 'utf8') });
  },
});
