import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAuthority, startTlsReceiver } from '../support/authority.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { freePort } from '../support/free-port.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

const send = (...flags: string[]) => webhookCli(['send', '-f', 'approved', ...flags], { env });

const hostOf = (url: string): string => new URL(url).host;

/** A receiver on a Unix socket, which stops after the test. */
async function startOnSocket(answer: RequestListener = (_, response) => response.end()) {
  const file = path.join(temporaryFolder(), 'app.sock');
  const hosts: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.headers.host);
    request.resume();
    answer(request, response);
  }).listen(file);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { file, hosts };
}

describe('--connect-to', () => {
  test('changes only where the connection goes, not the request', async () => {
    const { url, received } = await startReceiver();
    const run = await send('--url', 'http://receiver.invalid/hook?a=1', '--connect-to', hostOf(url));
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('POST http://receiver.invalid/hook?a=1');
    expect(received).toMatchObject([{ target: '/hook?a=1', headers: { host: 'receiver.invalid' } }]);
  });

  test.each([
    ['DNS:receiver.invalid', 'https://receiver.invalid/'],
    ['IP:192.0.2.1', 'https://192.0.2.1/'],
  ])('still expects %s to have the certificate of %s', async (name, url) => {
    const authority = createAuthority();
    const names: unknown[] = [];
    const options = {
      SNICallback: (asked: string, done: (error: null) => void) => {
        names.push(asked);
        done(null);
      },
    };
    const place = hostOf((await startTlsReceiver(authority.issue({ name }), options)).url);
    const line = ['--connect-to', place, '--cacert', authority.certificate];
    expect(await send('--url', url, ...line)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(names).toEqual(name.startsWith('DNS') ? ['receiver.invalid'] : []);
    const { exitCode, stderr } = await send('--url', 'https://other.invalid/', ...line);
    expect(exitCode).toBe(69);
    expect(stderr).toContain(
      `no secure connection to ${place} (for https://other.invalid): its certificate is for another host`,
    );
  });

  test('reports a connection refused by that address', async () => {
    const place = `127.0.0.1:${await freePort()}`;
    const { exitCode, stderr } = await send('--url', 'https://receiver.invalid/', '--connect-to', place);
    expect(exitCode).toBe(69);
    expect(stderr).toContain(`error: nothing is listening on ${place} (for https://receiver.invalid)`);
  });

  test.each(['localhost', '127.0.0.1:', '::1:80', '127.0.0.1:0', '127.0.0.1:70000', 'http://a:1', 'a/b:1', ''])(
    '%j is not a host and port',
    async value => {
      const { exitCode, stderr } = await send('--connect-to', value);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--connect-to');
    },
  );

  test('decides what counts as remote, instead of the URL', async () => {
    const { url, received } = await startReceiver();
    const local = ['http://receiver.invalid/', '--connect-to', hostOf(url)];
    expect(await webhookCli(['check', ...local, '--only', 'valid'], { env })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(received.length).toBeGreaterThan(0);
    const remote = ['check', 'http://127.0.0.1:1/', '--connect-to', 'receiver.invalid:1'];
    const { exitCode, stderr } = await webhookCli(remote, { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: receiver.invalid:1 is a remote receiver\nhint: pass --allow-remote');
  });

  test('to a remote receiver doesn’t use the development secret', async () => {
    const line = ['send', '-f', 'approved', '--url', 'http://127.0.0.1:1/', '--connect-to', 'receiver.invalid:1'];
    const { exitCode, stderr } = await webhookCli(line, { homeDirectory: temporaryFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: no signing secret for receiver.invalid:1');
  });

  test('contradicts --unix-socket', async () => {
    const { exitCode, stderr } = await send('--connect-to', '127.0.0.1:1', '--unix-socket', 'x');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--connect-to and --unix-socket were given together');
  });
});

describe('--unix-socket', () => {
  const url = ['--url', 'http://receiver.invalid/hook'];

  test('works for deliveries, loads and retries', async () => {
    let count = 0;
    const { file, hosts } = await startOnSocket((_, response) => response.writeHead(count++ === 0 ? 503 : 200).end());
    expect(await send(...url, '--unix-socket', file, '--retries', '1')).toMatchObject({ exitCode: 0 });
    expect(await send(...url, '--unix-socket', file, '--count', '5', '--concurrency', '2')).toMatchObject({
      exitCode: 0,
    });
    expect(hosts).toEqual(Array.from({ length: 7 }, () => 'receiver.invalid'));
  });

  test('works for a replay without --allow-remote, with a path relative to the current folder', async () => {
    const { file, hosts } = await startOnSocket();
    const [cwd, name] = [path.dirname(file), path.basename(file)];
    const saved = await webhookCli(['send', '-f', 'approved', ...url, '--unix-socket', name, '--save', 'r.ndjson'], {
      env,
      cwd,
    });
    expect(saved).toMatchObject({ exitCode: 0, stderr: '' });
    const replayed = await webhookCli(['replay', 'r.ndjson', '--resign', ...url, '--unix-socket', name], { env, cwd });
    expect(replayed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(hosts).toHaveLength(2);
  });

  test('works for all connections of a check, including those that wait', async () => {
    const { file, hosts } = await startOnSocket((request, response) => {
      response.writeHead(request.method === 'GET' || request.headers['x-fin-signature'] ? 200 : 401).end();
    });
    const waiting = ['--wait', '5s', '--wait-for', 'http://health.invalid/'];
    const line = ['check', 'http://receiver.invalid/', '--only', 'valid,unsigned', ...waiting, '--unix-socket', file];
    expect(await webhookCli(line, { env })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(new Set(hosts)).toEqual(new Set(['health.invalid', 'receiver.invalid']));
  });

  test('that is missing, not a socket, or not yours gives exit code 69 and names the path', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const missing = await send(...url, '--unix-socket', path.join(folder, 'none'));
    expect(missing.exitCode).toBe(69);
    expect(missing.stderr).toContain(
      `error: the socket ${folder}/none (for http://receiver.invalid) can't be reached: no such file or folder (ENOENT)\nhint: is the path right`,
    );
    const plain = await send(...url, '--unix-socket', file);
    expect(plain.exitCode).toBe(69);
    expect(plain.stderr).toContain(`error: nothing is listening on the socket ${file}`);
    expect(plain.stderr).toContain('hint: is it a socket, and is the receiver running?');
  });

  test.skipIf(process.getuid?.() === 0)('that only others may use gives exit code 69', async () => {
    const { file } = await startOnSocket();
    chmodSync(file, 0o000);
    const { exitCode, stderr } = await send(...url, '--unix-socket', file);
    expect(exitCode).toBe(69);
    expect(stderr).toContain("can't be reached: no permission (EACCES)\nhint: check its permissions");
  });

  test('that is missing gives exit code 69 for a check, too', async () => {
    const line = ['check', 'http://receiver.invalid/', '--unix-socket', path.join(temporaryFolder(), 'none')];
    const { exitCode, stdout, stderr } = await webhookCli(line, { env });
    expect(exitCode).toBe(69);
    expect(stdout).toContain('0 passed');
    expect(stderr).toContain("can't be reached: no such file or folder (ENOENT)");
  });
});

test('appears in the curl command', async () => {
  const { stdout } = await send('--url', 'http://receiver.invalid/', '--connect-to', '[::1]:81', '--print', 'curl');
  expect(stdout).toContain(" --connect-to '::[::1]:81' ");
  const other = await send('--url', 'http://receiver.invalid/', '--unix-socket', 'my app.sock', '--print', 'curl');
  expect(other.stdout).toContain(" --unix-socket 'my app.sock' ");
});
