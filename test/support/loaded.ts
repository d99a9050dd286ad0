import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { compiledCode } from './compiled-code.js';
import { temporaryFolder } from './folder.js';

export interface Loaded {
  /** The files of the bundle, by name. */
  files: string[];
  /** The same, in order, without what the bundler adds to their names, and without its own helpers. */
  names: string[];
  /** Node's own. */
  builtins: string[];
  stdout: string;
}

/** What the built command loads for a command line. */
export function loadedBy(line: readonly string[], cwd: string): Loaded {
  const hook = path.join(temporaryFolder(), 'loaded.cjs');
  writeFileSync(
    hook,
    `const { writeSync } = require('node:fs');
     process.on('exit', () => writeSync(2, [...Object.keys(require.cache), ...process.moduleLoadList].join('\\n')));`,
  );
  const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', hook, bin, ...line], {
    ...{ cwd, encoding: 'utf8' },
    env: { PATH: process.env['PATH'], HOME: temporaryFolder(), ...compiledCode(), WEBHOOK_SECRET: 'test_secret' },
  });
  const dist = path.join(inject('builtPackage'), 'dist');
  const told = stderr.split('\n');
  const files = told.filter(file => path.dirname(file) === dist).map(file => path.basename(file));
  const names = files
    .map(file => file.replace(/(?:-[\w-]{8})?\.c?js$/, ''))
    .filter((name, index, all) => name !== 'rolldown-runtime' && all.indexOf(name) === index);
  const builtins = told
    .filter(name => name.startsWith('NativeModule '))
    .map(name => name.slice('NativeModule '.length));
  return { files, names, builtins, stdout };
}
