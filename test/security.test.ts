import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, webhookCli } from './support/cli.js';
import { temporaryFolder } from './support/folder.js';
import { startReceiver } from './support/receiver.js';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

test('stores nothing but the development secret and what was requested', async () => {
  const [home, cwd] = [temporaryFolder(), temporaryFolder()];
  const { url } = await startReceiver();
  for (const line of [
    `send -s APPROVED --url ${url} --save sent.ndjson`,
    'listen --port 0 --timeout 1ms',
    'verify sent.ndjson',
    'validate sent.ndjson',
    `replay sent.ndjson --resign --url ${url}`,
    `check ${url} --only valid`,
    'generate --signed --format har --count 2',
    'export sent.ndjson --to curl',
    'sign sent.ndjson',
    'secret',
    'config',
  ]) {
    const { exitCode, stderr } = await webhookCli(line.split(' '), { cwd, homeDirectory: home });
    expect({ line, isDone: [0, 1].includes(exitCode), stderr }).toMatchObject({ line, isDone: true });
  }
  expect(filesIn(home)).toEqual(['.config/webhook-cli/development-secret']);
  expect(filesIn(cwd)).toEqual(['sent.ndjson']);
});

/** The files in `src` that use the pattern; types don't count. */
const usersOf = (pattern: RegExp): string[] =>
  readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .filter(file =>
      pattern.test(readFileSync(path.join(root, 'src', file), 'utf8').replaceAll(/^import type .*$/gm, '')),
    )
    .sort();

test.each<[what: string, RegExp, users: string[]]>([
  ['sends requests', /'undici'/, ['sender/undici/connection.ts', 'sender/undici/connector.ts']],
  [
    // The page makes requests to its own server, in the browser.
    'opens connections otherwise',
    /'node:(?:net|https|http2|dgram|dns)\b|\b(?:fetch|WebSocket|EventSource)\(/,
    [
      ...['file/open-file.ts', 'page/client/http-source.ts', 'receiver/addresses.ts', 'sender/dial.ts'],
      'sender/proxy.ts',
    ],
  ],
  [
    'speaks HTTP as Node does',
    /'node:http'/,
    // har/writer.ts uses only its status names.
    [
      'page/server.ts',
      'receiver/protocol-errors.ts',
      'receiver/server.ts',
      'receiver/write-response.ts',
      'recording/har/writer.ts',
      'sender/tunnel.ts',
    ],
  ],
  [
    'starts another program',
    /child_process/,
    ['cli/jobs.ts', 'commands/page/browser.ts', 'commands/send/edit.ts', 'conformance/effects/program.ts'],
  ],
])('nothing %s except the responsible files', (_, pattern, users) => {
  expect(usersOf(pattern)).toEqual(users);
});
