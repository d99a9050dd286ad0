import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { temporaryFolder } from './folder.js';

export interface Loaded {
  /** The files of the package, as they are called. */
  files: string[];
  /** The same, in order, less what the bundler adds to their names, and what it makes for itself alone. */
  names: string[];
  /** Of Node. */
  builtins: string[];
  stdout: string;
}

/** What the built command loads for a command line. */
export function loadedBy(line: readonly string[], cwd: string): Loaded {
  const hook = path.join(temporaryFolder(), 'loaded.mjs');
  // In a thread of its own, whose console may be cut short by the end of the process.
  const load = `import { writeSync } from 'node:fs';
    export const load = (url, context, next) => { writeSync(2, url + '\\n'); return next(url, context); };`;
  writeFileSync(
    hook,
    `import { register } from 'node:module';
     import { writeSync } from 'node:fs';
     register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(load)}`)});
     process.on('exit', () => writeSync(2, process.moduleLoadList.join('\\n')));`,
  );
  const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', hook, bin, ...line], {
    ...{ cwd, encoding: 'utf8' },
    env: { PATH: process.env['PATH'], HOME: temporaryFolder(), WEBHOOK_SECRET: 'test_secret' },
  });
  const told = stderr.split('\n');
  const files = told.filter(url => url.startsWith('file:')).map(url => path.basename(url));
  const names = files.map(file => file.replace(/(?:-[\w-]{8})?\.js$/, '')).filter(name => name !== 'rolldown-runtime');
  const builtins = told
    .filter(name => name.startsWith('NativeModule '))
    .map(name => name.slice('NativeModule '.length));
  return { files, names, builtins, stdout };
}
