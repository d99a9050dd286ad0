import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The parts of k6 that the script uses, for Node. Requests are sent with curl, since k6's are synchronous. */
const modules = {
  'package.json': JSON.stringify({ name: 'k6', type: 'module', exports: { '.': './index.js', './*': './*.js' } }),
  'index.js': `export const check = (value, checks) => {
    for (const [name, holds] of Object.entries(checks)) if (!holds(value)) throw new Error(name);
  };`,
  'data.js': `export class SharedArray { constructor(name, make) { return JSON.parse(JSON.stringify(make())); } }`,
  'encoding.js': `const b64decode = (text, form = 'std') => {
    if (form === 'std' ? text.length % 4 !== 0 : text.includes('=')) throw new Error('illegal base64 data');
    return Uint8Array.from(atob(text), unit => unit.charCodeAt(0)).buffer;
  };
  export default { b64decode };`,
  'crypto.js': `import { createHmac } from 'node:crypto';
  const bytesOf = value => {
    if (typeof value !== 'string' && !(value instanceof ArrayBuffer)) throw new Error('unexpected');
    return Buffer.from(value);
  };
  const encodings = { hex: 'hex', base64: 'base64', base64rawurl: 'base64url' };
  export default {
    createHMAC(hash, key) {
      const hmac = createHmac(hash, bytesOf(key));
      return { update: value => void hmac.update(bytesOf(value)), digest: written => hmac.digest(encodings[written]) };
    },
  };`,
  'execution.js': `export default { scenario: { iterationInTest: 0 } };`,
  'http.js': `import { execFileSync } from 'node:child_process';
  const request = (method, url, body, { headers, redirects }) => {
    if (!(body instanceof ArrayBuffer) || redirects !== 0) throw new Error('unexpected');
    const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', name + ': ' + value]);
    const written = ['-q', '-s', '-o', '/dev/null', '-w', '%{http_code}', '-X', method, '--data-binary', '@-', ...flags, url];
    return { status: Number(execFileSync('curl', written, { input: new Uint8Array(body) })) };
  };
  export default { request };`,
  '../../run.js': `import { readFileSync } from 'node:fs';
  import exec from 'k6/execution';
  globalThis.__ENV = process.env;
  globalThis.open = file => readFileSync(file, 'utf8');
  const { default: script, options } = await import('./' + process.argv[2]);
  for (; exec.scenario.iterationInTest < options.iterations; exec.scenario.iterationInTest += 1) script();`,
  '../../package.json': '{"type":"module"}',
};

/** Runs a script in `folder` with modules that behave like k6's. */
export async function runInK6(folder: string, script: string, variables: Record<string, string> = {}): Promise<void> {
  mkdirSync(path.join(folder, 'node_modules/k6'), { recursive: true });
  for (const [name, source] of Object.entries(modules))
    writeFileSync(path.join(folder, 'node_modules/k6', name), source);
  await run(process.execPath, ['run.js', script], { cwd: folder, env: { PATH: process.env['PATH'], ...variables } });
}
