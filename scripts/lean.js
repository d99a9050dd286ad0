/**
 * What packages load and no command needs: without it, `--help` takes 5 % less processor time, and `send` a fifth less. If a
 * package no longer has it the build fails, so that this list is reviewed.
 */
const surplus = [
  {
    // It starts subcommands that are separate programs. Ours aren't.
    module: /commander\/lib\/command\.js$/,
    from: "require('node:child_process')",
    to: 'undefined',
  },
  {
    // Only its client is needed: fetch, WebSocket, mocks, caches and interceptors are half of it.
    module: /undici\/index\.js$/,
    from: /require\('\.\/lib\/(?:cache|interceptor|mock|web)\/[^']+'\)/g,
    to: 'new Proxy(class {}, { get: unused => unused })',
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
