import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, env, listening, signed, statusOf, stopped } from '../support/listening.js';

const contentOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

describe('the ready file', () => {
  test('exists while connections are accepted', async () => {
    const file = path.join(temporaryFolder(), 'url');
    writeFileSync(file, 'stale');
    const { url, ...running } = await listening('--ready-file', file, '--count', '1');
    await expect.poll(() => contentOf(file)).toBe(`${url}\n`);
    await statusOf(url, signed(approved));
    await running.ended;
    expect(existsSync(file)).toBe(false);
  });

  test('has a usable URL if the listener uses all addresses', async () => {
    const file = path.join(temporaryFolder(), 'url');
    const running = startCli(['listen', '--port', '0', '--host', '0.0.0.0', '--ready-file', file, '--count', '1'], { env });
    await expect.poll(() => contentOf(file)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    const url = contentOf(file).trim();
    expect(await statusOf(url, signed(approved))).toBe(200);
    expect((await running.ended).stdout).toContain(`Listening on ${url} and all other addresses `);
  }); // prettier-ignore

  test('belongs to the last listener that wrote it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'url');
    const first = await listening('--ready-file', file);
    await expect.poll(() => contentOf(file)).toBe(`${first.url}\n`);
    const second = await listening('--ready-file', file);
    await expect.poll(() => contentOf(file)).toBe(`${second.url}\n`);
    await stopped(first);
    expect(contentOf(file)).toBe(`${second.url}\n`);
    await stopped(second);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a listener stays if another can’t start', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'url');
    const { url } = await listening('--ready-file', file);
    await expect.poll(() => contentOf(file)).toBe(`${url}\n`);
    const { port } = new URL(url);
    const failed = await webhookCli(['listen', '--port', port, '--ready-file', file], { env });
    expect(failed.exitCode).toBe(74);
    expect(contentOf(file)).toBe(`${url}\n`);
    expect(readdirSync(folder)).toEqual(['url']);
  });

  test('may be removed by someone else before the listener ends', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'sub', 'url');
    mkdirSync(path.dirname(file));
    const { url, ...running } = await listening('--ready-file', file, '--count', '1');
    await expect.poll(() => contentOf(file)).toBe(`${url}\n`);
    writeFileSync(file, 'http://127.0.0.1:1\n');
    chmodSync(path.dirname(file), 0o500);
    await statusOf(url, signed(approved));
    expect(await running.ended).toMatchObject({ exitCode: 0, stderr: '' });
    chmodSync(path.dirname(file), 0o700);
    expect(contentOf(file)).toBe('http://127.0.0.1:1\n');
  });

  test('gives exit code 74 if it can’t be written', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', '--ready-file', 'missing/url'], {
      env,
      cwd,
    });
    expect(exitCode).toBe(74);
    expect(stderr).toContain("can't write the ready file missing/url: no such file or folder (ENOENT)");
  });
});

test('reports a folder in its place', async () => {
  const argv = ['listen', '--port', '0', '--ready-file', '.'];
  const { exitCode, stderr } = await webhookCli(argv, { env, cwd: temporaryFolder() });
  expect(exitCode).toBe(74);
  expect(stderr).toContain("it's a folder (ERR_FS_EISDIR)\nhint: use a file in it");
});
