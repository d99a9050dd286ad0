// What Node does since 22.1: keeps V8's compiled code for each file of dist/, so that the next start doesn't compile it again.
const fs = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const dist = path.join(__dirname, '../dist') + path.sep;
// V8 compares only lengths, so the name contains a hash of the file's text.
const isNamedByHash = file => file.startsWith(dist) && /-[\w-]{8}\.cjs$/.test(file);
const Module = module.constructor;
const compile = Module.prototype._compile;

/** Creates `folder` when there is something to keep. Without it, the program still runs. */
module.exports = folder => {
  const fresh = [];
  const keep = () => {
    if (fresh.length === 0) return;
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const { script, place } of fresh.splice(0)) write(place, script.createCachedData());
    } catch {}
  };
  let isKept = true;

  Module.prototype._compile = function (text, file) {
    // A cached script can't import modules.
    if (!isNamedByHash(file) || text.includes('import(')) return compile.call(this, text, file);
    const place = `${folder}${path.sep}${file.slice(dist.length)}.bin`;
    const cachedData = readIfAny(place);
    const script = new Script(Module.wrap(text), { filename: file, cachedData });
    if (cachedData === undefined && isKept) fresh.push({ script, place });
    if (text.includes('setFlagsFromString')) {
      // V8 later refuses code that was compiled with other flags, and this file is about to change them.
      keep();
      isKept = false;
    }
    const load = id => this.require(id);
    return script.runInThisContext().call(this.exports, this.exports, load, this, file, path.dirname(file));
  };
  process.once('exit', keep);
};

function readIfAny(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Another process may be reading or writing it at the same time. */
function write(file, bytes) {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, bytes, { mode: 0o600 });
  fs.renameSync(own, file);
}
