import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { temporaryFolder } from '../support/folder.js';

/** The files, less what the bundler adds to their names, and the parts of Node that one Tab loads. */
function loadedBy(words: readonly string[]): { files: string[]; native: string[] } {
  const folder = temporaryFolder();
  const hook = path.join(folder, 'loaded.mjs');
  // In a thread of its own, whose console may be cut short by the end of the process.
  const load = `import { writeSync } from 'node:fs';
    export const load = (url, context, next) => { writeSync(2, url + '\\n'); return next(url, context); };`;
  writeFileSync(
    hook,
    `import { register } from 'node:module';
     register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(load)}`)});
     process.on('exit', () => console.error(process.moduleLoadList.join('\\n')));`,
  );
  writeFileSync(path.join(folder, 'webhook-cli.config.json'), '{"profiles": {"staging": {}}}');
  const bin = path.join(inject('builtPackage'), 'bin/webhook-cli.js');
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', hook, bin, 'complete', '--', ...words], {
    ...{ cwd: folder, encoding: 'utf8' },
  });
  expect(stdout.split('\n').length).toBeGreaterThan(3);
  const lines = stderr.split('\n');
  const files = lines.filter(line => line.startsWith('file:')).map(url => path.basename(url, '.js'));
  return {
    // The bundler may put what several chunks need into small files of their own.
    files: files
      .map(name => name.replace(/-[\w-]{8}$/, ''))
      .filter(name => !['errors', 'rolldown-runtime'].includes(name)),
    native: lines.filter(name => /^NativeModule (?:crypto|http|https|tls|zlib|child_process)$/.test(name)),
  };
}

const always = ['webhook-cli', 'main', 'answer'];

test.each([
  ['flags and statuses', ['send', '--event', 'transaction.status', '-s', ''], always],
  ['profiles', ['--profile', ''], [...always, 'profile-names', 'config-file']],
])('a Tab for %s loads the parser and no more than it takes', (_, words, files) => {
  const loaded = loadedBy(words);
  expect({ ...loaded, files: loaded.files.sort() }).toEqual({ files: [...files].sort(), native: [] });
});

test('a Tab for the cases of check loads them, and nothing that they are made of or sent with', () => {
  const { files } = loadedBy(['check', '--only', '']);
  for (const heavy of ['generate', 'schemas', 'deliver', 'prompts']) expect(files).not.toContain(heavy);
});
