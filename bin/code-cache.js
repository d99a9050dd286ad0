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
  const loaded = [];
  const keep = () => {
    const scripts = loaded.splice(0);
    if (scripts.length === 0) return;
    const mark = `${folder}${path.sep}${hashOf(scripts.map(({ place }) => place).join())}.set`;
    // Functions are compiled when they are first called. Another set of files is another command, which calls others.
    if (scripts.every(({ isFresh }) => !isFresh) && fs.existsSync(mark)) return;
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const { script, place } of scripts) write(place, script.createCachedData());
      write(mark, '');
    } catch {}
  };
  let isKept = true;

  Module.prototype._compile = function (text, file) {
    // A cached script can't import modules.
    if (!isNamedByHash(file) || text.includes('import(')) return compile.call(this, text, file);
    const place = `${folder}${path.sep}${file.slice(dist.length)}.bin`;
    const cachedData = readIfAny(place);
    const script = new Script(Module.wrap(text), { filename: file, cachedData });
    if (isKept) loaded.push({ script, place, isFresh: script.cachedDataRejected ?? true });
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

/** FNV-1a, since loading node:crypto takes longer than all of this. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** Another process may be reading or writing it at the same time. */
function write(file, bytes) {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, bytes, { mode: 0o600 });
  fs.renameSync(own, file);
}
