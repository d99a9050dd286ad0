import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemWords } from '../../src/errors.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env } from '../support/listening.js';

function folderWithThings(): string {
  const cwd = temporaryFolder();
  mkdirSync(path.join(cwd, 'folder'));
  writeFileSync(path.join(cwd, 'note.txt'), 'no request');
  writeFileSync(path.join(cwd, 'body.json'), approved);
  return cwd;
}

/** What people type when they don't know the flags, and what gets them on. */
test.each<[line: string, exitCode: number, said: [message: string, hint: string]]>([
  ['verify folder', 65, ["can't read folder: it's a folder (EISDIR)", 'name the files in it, as in folder/*']],
  ['replay folder/', 65, ["can't read folder/: it's a folder (EISDIR)", 'name the files in it, as in folder/*']],
  ['sign folder', 65, ["can't read folder: it's a folder (EISDIR)", 'name the files in it']],
  ['verify note.txt', 65, ["note.txt: this isn't a recording, a HAR file or a raw HTTP request", 'listen --save']],
  ['verify body.json', 65, ["body.json: this isn't a HAR file", '--body <file> --signature <hex>']],
  ['verify --signature 00', 2, ['--signature needs --body', 'files carry signatures of their own']],
  ['verify --body body.json', 2, ['--body needs --signature', 'x-fin-signature']],
  ['send business-approved', 65, ["can't read business-approved: no such file", '--fixture business-approved']],
  ['send ON_HOLD', 65, ["can't read ON_HOLD: no such file", '--status ON_HOLD']],
  ['send http://localhost:1/', 65, ["can't read http://localhost:1/: no such file", 'goes with --url']],
  ['send nowhere/body.json', 65, ["can't read nowhere/body.json: no such file", 'is the path right']],
  ['send body.json --fixture approved', 2, ['--fixture and a file were given together', 'one kind at a time']],
  ['send -s APPROVED --url localhost:1', 2, ['--url: "localhost:1" is missing', 'did you mean "http://localhost:1"?']],
  ['send -s APPROVED --url 5880', 2, ['--url: "5880" is missing', 'did you mean "http://127.0.0.1:5880"?']],
  ['check http://0.0.0.0:3000/', 2, ['0.0.0.0 is where a receiver on this machine listens', 'write 127.0.0.1 instead']],
  ['check http://[::]:3000/', 2, ['[::] is where a receiver on this machine listens', 'write [::1] instead']],
  ['replay body.json', 65, ["body.json: this isn't a HAR file", '"webhook-cli send" sends it']],
  ['send -s APPROVED --show haeders', 2, ['--show: unknown part "haeders"', 'did you mean "headers"?']],
  ['send -s APPROVED,', 2, ['--status: "APPROVED," has a comma too many', 'one comma between two names']],
  [
    'send -s APPROVED --timeout',
    2,
    ['--timeout needs a value', '--timeout <duration>: Limit the time of each attempt'],
  ],
  ['check --url http://localhost:1', 2, ['check has no --url', 'webhook-cli check <url>']],
  ['listen 4665', 2, ['listen takes no argument', 'did you mean "--port 4665"?']],
  ['listen now', 2, ['listen takes no argument', 'webhook-cli listen --help']],
  ['listen 46 65', 2, ['listen takes no argument', 'webhook-cli listen --help']],
  ['help snd', 2, ['unknown command "snd"', 'did you mean "send"?']],
])('webhook-cli %s', async (line, exitCode, [message, hint]) => {
  const result = await webhookCli(line.split(' '), { cwd: folderWithThings(), env });
  const [error = '', advice = ''] = result.stderr.split('\n').filter(each => /^(?:error|hint):/.test(each));
  expect(result.exitCode).toBe(exitCode);
  expect(error).toContain(`error: ${message}`);
  expect(advice).toMatch(/^hint: /);
  expect(advice).toContain(hint);
});

test('what the system says is told in words, and its code kept for a search', () => {
  const words = ['EACCES', 'ENOENT', 'EXDEV'].map(code => systemWords(Object.assign(new Error(code), { code })));
  expect(words).toEqual(['no permission (EACCES)', 'no such file or folder (ENOENT)', 'the system says EXDEV']);
});
