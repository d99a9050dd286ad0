const path = require('node:path');

// In a folder that belongs to the user: Node's default is below /tmp, where somebody else may have prepared it. The same goes
// for a relative path, which leads into the working directory, so it is ignored.
const { XDG_CACHE_HOME, HOME, NODE_DISABLE_COMPILE_CACHE } = process.env;
const folder = [XDG_CACHE_HOME, HOME && path.join(HOME, '.cache')].find(place => place && path.isAbsolute(place));
if (folder) {
  const own = path.join(folder, 'webhook-cli');
  // Node 20 has no such function, and loading node:module to find out takes a tenth of its start.
  if (process.versions.node.startsWith('20.')) {
    if (NODE_DISABLE_COMPILE_CACHE !== '1') require('./code-cache.js')(path.join(own, process.version));
  } else require('node:module').enableCompileCache(own);
}
