// What Node does since 22.1: keeps V8's compiled code for each file of dist/, so that the next start doesn't compile it again.
const fs = require('node:fs');
const path = require('node:path');
const module_ = require('node:module');
const { cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');

const dist = path.join(__dirname, '../dist') + path.sep;
// V8 compares only lengths, so the name contains a hash of the file's text.
const isNamedByHash = file => file.startsWith(dist) && /-[\w-]{8}\.cjs$/.test(file);
const compile = module_.prototype._compile;

/** Creates `folder` when there is something to keep. Without it, the program still runs. */
module.exports = folder => {
  const tag = cachedDataVersionTag();
  const fresh = [];
  const placeOf = file => path.join(folder, `${path.relative(dist, file).replaceAll(path.sep, '-')}.bin`);
  const keep = () => {
    // V8 later refuses code that was compiled with other flags.
    if (fresh.length === 0 || cachedDataVersionTag() !== tag) return;
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const { script, place } of fresh.splice(0)) write(place, script.createCachedData());
    } catch {}
  };

  module_.prototype._compile = function (text, file) {
    // A cached script can't import modules.
    if (!isNamedByHash(file) || text.includes('import(')) return compile.call(this, text, file);
    const place = placeOf(file);
    const cachedData = readIfAny(place);
    const script = new Script(module_.wrap(text), { filename: file, cachedData });
    if (cachedData === undefined) fresh.push({ script, place });
    // It's about to change the flags.
    if (text.includes('setFlagsFromString')) keep();
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
