import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { loadedBy } from '../support/loaded.js';

/** What one Tab loads, in a folder with a configuration file. */
function loadedByTab(words: readonly string[]): { files: string[]; heavy: string[] } {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'webhook-cli.config.json'), '{"profiles": {"staging": {}}}');
  const { names, builtins, stdout } = loadedBy(['complete', '--', ...words], folder);
  expect(stdout.split('\n').length).toBeGreaterThan(3);
  return { files: names, heavy: builtins.filter(name => /^(?:crypto|http|https|tls|zlib|child_process)$/.test(name)) };
}

const always = ['main', 'parse', 'answer'];

test.each([
  ['flags and statuses', ['send', '--event', 'transaction.status', '-s', ''], [...always, 'definitions']],
  ['profiles', ['--profile', ''], [...always, 'read']],
])('completing %s loads the parser and nothing it doesn’t need', (_, words, files) => {
  const loaded = loadedByTab(words);
  expect({ ...loaded, files: loaded.files.sort() }).toEqual({ files: [...files].sort(), heavy: [] });
});

test('completing the cases of check loads their names, but nothing that creates or sends them', () => {
  const { files } = loadedByTab(['check', '--only', '']);
  for (const heavy of ['generate', 'schemas', 'deliver', 'prompts']) expect(files).not.toContain(heavy);
});
