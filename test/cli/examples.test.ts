import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { commands } from '../../src/commands/definitions.js';
import { startCli, webhookCli, type Run } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening } from '../support/listening.js';

/** Examples that don't end with 0: there is no terminal to ask on (see `prompts.test.ts`), and Ctrl-C ends listeners. */
const exitCodes: Readonly<Record<string, number>> = {
  init: 2,
  listen: 130,
  'listen --forward-to http://localhost:3000/webhooks/fin': 130,
};

test('every example of every command works as shown', async () => {
  const { url } = await listening();
  const setUp = await folderOfUser(url);
  const examples = commands.flatMap(command => command.examples.map(({ line }) => ({ command, line })));
  expect(commands.filter(command => !examples.some(example => example.command === command))).toEqual([]);
  const results = await Promise.all(
    examples.map(async ({ line }) => {
      const { exitCode, stderr } = await runExample(line, { ...setUp, folder: setUp.copy(), url });
      return { line, exitCode, mistakes: stderr.match(/^error: .*/gm) };
    }),
  );
  expect(results).toEqual(
    examples.map(({ line }) => {
      const exitCode = exitCodes[line] ?? 0;
      return { line, exitCode, mistakes: exitCode === 2 ? [expect.anything()] : null };
    }),
  );
});

interface User {
  /** The value of `$signature` in the examples. */
  signature: string;
  /** A separate folder for each, with all files that examples name, so that they don't affect each other. */
  copy: () => string;
}

async function folderOfUser(url: string): Promise<User> {
  const root = temporaryFolder();
  const model = path.join(root, 'model');
  for (const folder of ['', 'payloads', 'test/unit']) mkdirSync(path.join(model, folder), { recursive: true });
  for (const file of ['body.json', 'payloads/one.json', 'test/unit/two.json'])
    writeFileSync(path.join(model, file), approved);
  writeFileSync(path.join(model, 'order.json'), '{"id":1}');
  writeFileSync(path.join(model, 'order.schema.json'), '{"required":["id"]}');
  writeFileSync(path.join(model, 'secret.txt'), `${env.WEBHOOK_SECRET}\n`);
  writeFileSync(path.join(model, 'profiles.json'), JSON.stringify({ profiles: { staging: { timeout: '20s' } } }));
  const here = { cwd: model, env: { ...env, WEBHOOK_URL: url } };
  const statuses = 'QUEUED,REVIEWING,APPROVED,ON_HOLD,REJECTED';
  const sent = await webhookCli(['send', '--status', statuses, '--save', 'captured.ndjson'], here);
  expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
  const { stdout: request } = await webhookCli(['send', 'body.json', '--print', 'http', '--quiet'], here);
  writeFileSync(path.join(model, 'request.http'), request);
  const { stdout: signature } = await webhookCli(['sign', 'body.json', '--only', 'x-fin-signature', '--quiet'], here);
  let copies = 0;
  const copy = () => {
    const folder = path.join(root, String((copies += 1)));
    cpSync(model, folder, { recursive: true });
    return folder;
  };
  return { signature: signature.trim(), copy };
}

interface Place extends User {
  folder: string;
  url: string;
}

/** Runs it like a shell, with the test's listener in place of the user's on port 3000 or 4665. */
async function runExample(line: string, { folder, url, signature }: Place): Promise<Run> {
  if (line.startsWith('config '))
    cpSync(path.join(folder, 'profiles.json'), path.join(folder, 'webhook-cli.config.json'));
  const [first = '', ...others] = line
    .replace('$signature', signature)
    .replace(/http:\/\/localhost:3000(?:\/\S*)?/, url)
    .split(' | webhook-cli ');
  const host = { cwd: folder, homeDirectory: folder, env: { ...env, WEBHOOK_URL: url } };
  if (first.startsWith('listen')) return runListener(wordsOf(first), host);
  if (first.includes('--web')) return runPage(wordsOf(first), host);
  let run = await webhookCli(wordsOf(first), host);
  for (const next of others)
    run = await webhookCli(wordsOf(next), { ...host, stdin: new PassThrough().end(run.stdout) });
  return run;
}

/** Sends it one event, and stops it if that didn't end it. */
async function runListener(words: readonly string[], host: { cwd: string; env: Record<string, string> }): Promise<Run> {
  const free = words.includes('--port') ? [] : ['--port', '0'];
  const { stdout, ended, stop } = startCli([...words, ...free], host);
  const lines = createInterface({ input: stdout });
  const [ready] = (await once(lines, 'line')) as [string];
  const told = once(lines, 'line');
  const [url = ''] = /http:[^"\s]+/.exec(ready) ?? [];
  await webhookCli(['send', '--status', 'APPROVED', '--url', url], host);
  await told;
  stop();
  return ended;
}

/** Stops it as soon as its page can be opened. */
async function runPage(words: readonly string[], host: { cwd: string; env: Record<string, string> }): Promise<Run> {
  const { stdout, ended, stop } = startCli(words, host);
  await once(createInterface({ input: stdout }), 'line');
  stop();
  return ended;
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');
