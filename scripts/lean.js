/**
 * What packages do while they are loaded, and no command of ours needs: together a quarter of what `--help` would take. A
 * package that has changed its mind makes the build fail, so that this is looked at again.
 */
const surplus = [
  {
    // For subcommands that are programs of their own. Ours aren't.
    module: /commander\/lib\/command\.js$/,
    from: "require('node:child_process')",
    to: 'undefined',
  },
  {
    // Its client alone is wanted: fetch, WebSocket, mocks, caches and interceptors are half of it.
    module: /undici\/index\.js$/,
    from: /require\('\.\/lib\/(?:cache|interceptor|mock|web)\/[^']+'\)/g,
    to: 'new Proxy(class {}, { get: unused => unused })',
  },
  {
    // As a module it opens all standard streams; the global is the same.
    module: /chalk\/source\/vendor\/supports-color\/index\.js$/,
    from: "import process from 'node:process';",
    to: '',
  },
];

/** @returns {import('rolldown').Plugin} */
export const lean = () => ({
  name: 'lean',
  transform(code, id) {
    const found = surplus.filter(({ module }) => module.test(id));
    return found.length === 0 ? null : { code: found.reduce(without, code), map: null };

    function without(text, { from, to }) {
      const rest = text.replace(from, to);
      if (rest === text) throw new Error(`${id} has no ${from} any more.`);
      return rest;
    }
  },
});
