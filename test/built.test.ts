import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, inject, onTestFinished, test } from 'vitest';
import { root } from './support/cli.js';
import { compiledCode } from './support/compiled-code.js';
import { temporaryFolder } from './support/folder.js';
import { loadedBy } from './support/loaded.js';
import { startBuilt } from './support/process.js';

const bin = () => path.join(inject('builtPackage'), 'bin/webhook-cli.js');

const shell = (line: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync('bash', ['-c', `set -o pipefail; webhook() { "${process.execPath}" "${bin()}" "$@"; }; ${line}`], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 ** 2,
    env: { PATH: process.env['PATH'], HOME: temporaryFolder(), ...compiledCode(), ...env },
  });

test('demo passes', async () => {
  const { exitCode, stdout, stderr } = await startBuilt(['demo']).ended;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('✔ Three were accepted');
});

test('two terminals agree on a secret without any setup', async () => {
  const env = { HOME: temporaryFolder() };
  const listener = startBuilt(['listen', '--port', '0', '--count', '1', '--json'], { env });
  const [line] = (await once(createInterface({ input: listener.child.stdout! }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const sender = await startBuilt(['send', '--status', 'APPROVED', '--url', url], { env }).ended;
  expect(sender).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await listener.ended).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a reader that stops early gets the right exit code and no stack trace', () => {
  expect(shell('webhook --help | true')).toMatchObject({ status: 0, stderr: '' });
  const { status, stdout, stderr } = shell('webhook fixtures | head -1');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^action-required/);
  expect(shell('webhook send -s APPROVED,QUEUED --url http://127.0.0.1:1 2>/dev/null | head -1').status).toBe(69);
});

test('unread standard error changes nothing', () => {
  expect(shell('webhook send -s APPROVED --url http://127.0.0.1:1 2>&1 >/dev/null | true').status).toBe(69);
});

test('standard output on a full disk gives exit code 74', () => {
  for (const line of ['fixtures', 'fixtures approved', '--help']) {
    const { status, stderr } = shell(`webhook ${line} > /dev/full`);
    expect({ status, stderr }).toEqual({
      status: 74,
      stderr: "error: can't write to standard output: the disk is full (ENOSPC)\n",
    });
  }
});

test('a slow reader gets the whole of a long document', () => {
  const body = Buffer.alloc(1024 ** 2, 'a long document\n');
  const file = path.join(temporaryFolder(), 'body');
  writeFileSync(file, body);
  // More than a pipe holds, and the reader reads it bit by bit.
  const { status, stdout } = shell(`webhook send ${file} --print http --unsigned | dd bs=512 status=none`);
  expect(status).toBe(0);
  expect(stdout).toContain(`content-length: ${body.length}\r\n`);
  expect(stdout.slice(stdout.indexOf('\r\n\r\n') + 4) === body.toString()).toBe(true);
});

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a listener with %i', async (signal, code) => {
  const { child, ended } = startBuilt(['listen', '--port', '0']);
  await once(child.stdout!, 'data');
  child.kill(signal);
  const { exitCode, stdout, stderr } = await ended;
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
  expect(stdout).toContain('0 received');
});

test('a second Ctrl-C ends the process at once', async () => {
  const { child, ended } = startBuilt(['listen', '--port', '0', '--json']);
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const { hostname, port } = new URL((JSON.parse(line) as { url: string }).url);
  // A request that never ends stops the listener from ending after the first Ctrl-C.
  const socket = connect(Number(port), hostname);
  socket.write('POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n');
  await once(socket, 'data');
  child.kill('SIGINT');
  await expect.poll(() => isListening(Number(port))).toBe(false);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ signal: 'SIGINT' });
  socket.destroy();
});

/** Whether this user may create the first process of a container on this machine. */
const hasContainers = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

test.runIf(hasContainers)('a second Ctrl-C also ends the first process of a container', async () => {
  const listener = [process.execPath, bin(), 'listen', '--port', '0', '--json']; // prettier-ignore
  const outer = spawn('unshare', ['--pid', '--fork', '--mount-proc', ...listener], {
    env: { HOME: temporaryFolder() },
  });
  const exit = once(outer, 'close');
  const [line] = (await once(createInterface({ input: outer.stdout }), 'line')) as [string];
  const { hostname, port } = new URL((JSON.parse(line) as { url: string }).url);
  const pid = Number(readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8'));
  onTestFinished(() => {
    if (outer.exitCode === null) process.kill(pid, 'SIGKILL');
  });
  const socket = connect(Number(port), hostname);
  socket.write('POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n');
  await once(socket, 'data');
  process.kill(pid, 'SIGINT');
  await expect.poll(() => isListening(Number(port))).toBe(false);
  process.kill(pid, 'SIGINT');
  // After the grace period, the request would be abandoned and the summary printed.
  let rest = '';
  outer.stdout.on('data', (chunk: Buffer) => (rest += chunk.toString()));
  expect(await exit).toEqual([130, null]);
  expect(rest).not.toContain('summary');
  socket.destroy();
});

const isListening = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => {
      resolve(false);
    });
  });

test('a bug gives exit code 70, never 1, and is named', () => {
  // A package whose fixtures folder is a file, which the program doesn't expect.
  const broken = temporaryFolder();
  cpSync(inject('builtPackage'), broken, { recursive: true });
  rmSync(path.join(broken, 'fixtures'), { recursive: true });
  writeFileSync(path.join(broken, 'fixtures'), '');
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [path.join(broken, 'bin/webhook-cli.js'), 'fixtures', ...flags], { encoding: 'utf8' });
  expect(run()).toMatchObject({ status: 70 });
  expect(run().stderr).toMatch(
    /^error: a bug in webhook-cli: ENOTDIR.*\nhint: run it again with --debug, and report the output\n$/,
  );
  expect(run('--debug').stderr).toContain('    at ');
});

test('a failure outside any promise also gives exit code 70', () => {
  const preload = path.join(temporaryFolder(), 'preload.mjs');
  writeFileSync(
    preload,
    `const timer = setInterval(() => {
       if (process.listenerCount('uncaughtException') === 0) return;
       clearInterval(timer);
       throw new Error('from nowhere');
     }, 1);`,
  );
  const { status, stderr } = spawnSync(process.execPath, ['--import', preload, bin(), 'listen', '--port', '0'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: temporaryFolder() },
  });
  expect({ status, stderr }).toMatchObject({ status: 70 });
  expect(stderr).toContain('a bug in webhook-cli: from nowhere');
});

test.each([
  ['--version', []],
  ['--help', ['parse']],
  ['send --help', ['definitions', 'parse']],
])('%s loads the entry, %j and nothing large', (line, more) => {
  const { names, builtins } = loadedBy(line.split(' '), root);
  expect(names.sort()).toEqual(['main', ...more].sort());
  const heavy = ['child_process', 'crypto', 'http', 'https', 'tls', 'zlib'];
  expect(builtins.filter(name => heavy.includes(name))).toEqual([]);
});

/** Text that identifies a package, because names of chunks change. */
const packages = {
  undici: 'UND_ERR_BODY_TIMEOUT',
  faker: 'legal_entity_type',
  momoa: 'UnexpectedEOF',
  prompts: 'ExitPromptError',
  xml: 'suppressBooleanAttributes',
  globs: 'onlyDirectories',
};

test.each([
  ['verify --body fixtures/events/approved.json --signature 00', []],
  ['validate fixtures/events/approved.json', []],
  ['sign fixtures/events/approved.json', []],
  ['listen --port 0 --timeout 1ms', []],
  ['send fixtures/events/approved.json --url http://127.0.0.1:1', ['undici']],
  ['send -s APPROVED --print http', ['faker']],
] as const)('%s loads only these packages: %j', (line, expected) => {
  const folder = path.join(inject('builtPackage'), 'dist');
  const { files } = loadedBy(line.split(' '), root);
  const text = files.map(file => readFileSync(path.join(folder, file), 'utf8')).join(''); // prettier-ignore
  const found = Object.entries(packages).filter(([, sign]) => text.includes(sign)).map(([name]) => name); // prettier-ignore
  expect(found).toEqual(expected);
});

test('the signs used to recognise packages match the bundle', () => {
  const folder = path.join(inject('builtPackage'), 'dist');
  const all = readdirSync(folder).filter(file => file.endsWith('.cjs')).map(file => readFileSync(path.join(folder, file), 'utf8')).join(''); // prettier-ignore
  expect(Object.values(packages).filter(sign => !all.includes(sign))).toEqual([]);
});

test('only Node 20 skips waiting for an optimised HTTP parser', () => {
  const preload = path.join(temporaryFolder(), 'flags.mjs');
  writeFileSync(
    preload,
    `import v8 from 'node:v8';
     import { syncBuiltinESMExports } from 'node:module';
     v8.setFlagsFromString = flag => console.error('flag ' + flag);
     syncBuiltinESMExports();`,
  );
  const line = ['--import', preload, bin(), 'send', '-f', 'approved', '--url', 'http://127.0.0.1:1'];
  const env = { PATH: process.env['PATH'], HOME: temporaryFolder() };
  const { stderr } = spawnSync(process.execPath, line, { encoding: 'utf8', env });
  expect(stderr.includes('flag --liftoff-only')).toBe(process.versions.node.startsWith('20.'));
});

test('the command runs through a symlink, as npm installs it', () => {
  const link = path.join(temporaryFolder(), 'webhook-cli');
  symlinkSync(bin(), link);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  expect(spawnSync(link, ['--version'], { encoding: 'utf8' }).stdout).toBe(`${version}\n`);
});
