/**
 * Code that packages load and no command needs. Without it, `--help` takes 5 % less processor time, and `send` a fifth less.
 * If a package no longer has it, the build fails, so that this list is reviewed.
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
  {
    // It contains its parser twice; the second uses instructions that not every machine has. Responses to webhooks are short.
    module: /undici\/lib\/dispatcher\/client-h1\.js$/,
    from: "require('../llhttp/llhttp_simd-wasm.js')",
    to: 'undefined',
  },
];

/** The words used in generated events. The others are three quarters of all words: animals, songs, airlines. */
const fiction = {
  module: /@faker-js\/faker\/dist\/en-[^/]+\.js$/,
  needed: ['company', 'location', 'metadata', 'person'],
};

/** Removes all properties from a module's object except those that are needed. */
function onlyNeeded(code, { body }, id) {
  const object = body.flatMap(({ declarations = [] }) => declarations.map(({ init }) => init))[0];
  const found = object?.properties?.filter(({ key }) => fiction.needed.includes(key.name)) ?? [];
  if (found.length !== fiction.needed.length) throw new Error(`${id} isn't an object of kinds of words any more.`);
  const properties = found.map(({ start, end }) => code.slice(start, end));
  return `${code.slice(0, object.start)}{${properties.join(',')}}${code.slice(object.end)}`;
}

/** @returns {import('rolldown').Plugin} */
export const lean = () => ({
  name: 'lean',
  transform(code, id) {
    if (fiction.module.test(id)) return { code: onlyNeeded(code, this.parse(code), id), map: null };
    const found = surplus.filter(({ module }) => module.test(id));
    return found.length === 0 ? null : { code: found.reduce(without, code), map: null };

    function without(text, { from, to }) {
      const rest = text.replace(from, to);
      if (rest === text) throw new Error(`${id} has no ${from} any more.`);
      return rest;
    }
  },
});
