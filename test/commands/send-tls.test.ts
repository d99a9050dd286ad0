import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { createAuthority, startTlsReceiver } from '../support/authority.js';
import { startSecureReceiver } from '../support/certificate.js';
import { temporaryFolder } from '../support/folder.js';
import { startBuilt } from '../support/process.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

const send = (url: string, ...flags: string[]) =>
  webhookCli(['send', '-f', 'approved', '--url', url, ...flags], { env });

describe('a receiver with an untrusted certificate', () => {
  test('gives exit code 69, receives nothing, and the hint names --cacert', async () => {
    const { url, heard } = await startSecureReceiver();
    const { exitCode, stderr } = await send(url);
    expect(exitCode).toBe(69);
    expect(stderr).toContain(
      "(DEPTH_ZERO_SELF_SIGNED_CERT)\nhint: pass that certificate, or its authority's, with --cacert",
    );
    expect(heard()).toBe(0);
  });

  test('is not retried', async () => {
    const { url } = await startSecureReceiver();
    const { exitCode, stdout } = await send(url, '--retries', '3', '--json');
    expect(exitCode).toBe(69);
    expect(reportsIn(stdout).map(({ type }) => type)).toEqual(['sent']);
  });

  test('is trusted with its certificate in --cacert', async () => {
    const { url, certificate, heard } = await startSecureReceiver();
    const { exitCode, stderr } = await send(url, '--cacert', certificate);
    expect({ exitCode, stderr, heard: heard() }).toEqual({ exitCode: 0, stderr: '', heard: 1 });
  });

  test('is trusted with --insecure, which warns', async () => {
    const { url, heard } = await startSecureReceiver();
    const { exitCode, stderr } = await send(url, '--insecure');
    expect(exitCode).toBe(0);
    expect(stderr).toBe(`warning: --insecure: anyone could impersonate ${new URL(url).host}\n`);
    expect(heard()).toBe(1);
  });

  test('is not trusted with another receiver’s certificate', async () => {
    const [{ url, heard }, { certificate }] = [await startSecureReceiver(), await startSecureReceiver()];
    expect(await send(url, '--cacert', certificate)).toMatchObject({ exitCode: 69 });
    expect(heard()).toBe(0);
  });

  test('is not trusted under a name that isn’t in its certificate', async () => {
    const { url, certificate, heard } = await startSecureReceiver(undefined, 'DNS:example.com');
    const { exitCode, stderr } = await send(url, '--cacert', certificate);
    expect(exitCode).toBe(69);
    expect(stderr).toContain('hint: fix its certificate, or pass --insecure to accept any');
    expect(heard()).toBe(0);
  });
});

test('is trusted with one of several certificates in the file', async () => {
  const folder = temporaryFolder();
  const [one, other] = [await startSecureReceiver(), await startSecureReceiver()];
  const file = path.join(folder, 'both.pem');
  writeFileSync(file, `both\n${readFileSync(one.certificate, 'utf8')}\r\n${readFileSync(other.certificate, 'utf8')}`);
  expect(await send(one.url, '--cacert', file)).toMatchObject({ exitCode: 0 });
  expect(await send(other.url, '--cacert', file)).toMatchObject({ exitCode: 0 });
});

describe('--cacert adds to the authorities that', () => {
  test('NODE_EXTRA_CA_CERTS names', async () => {
    const [usual, named] = [createAuthority(), createAuthority()];
    const extra = { ...env, NODE_EXTRA_CA_CERTS: usual.certificate };
    for (const authority of [usual, named]) {
      const { url } = await startTlsReceiver(authority.issue());
      const line = ['send', '-f', 'approved', '--url', url, '--cacert', named.certificate];
      expect(await webhookCli(line, { env: extra })).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await startBuilt(line, { env: extra }).ended).toMatchObject({ exitCode: 0, stderr: '' });
    }
  });

  test('NODE_EXTRA_CA_CERTS names, even if that file is useless', async () => {
    const authority = createAuthority();
    const { url } = await startTlsReceiver(authority.issue());
    const line = ['send', '-f', 'approved', '--url', url, '--cacert', authority.certificate];
    for (const file of ['missing.pem', authority.issue().key]) {
      expect(await webhookCli(line, { env: { ...env, NODE_EXTRA_CA_CERTS: file } })).toMatchObject({ exitCode: 0 });
    }
  });
});

test('--insecure has nothing to warn about with http', async () => {
  const { url } = await startReceiver();
  expect(await send(url, '--insecure')).toMatchObject({ exitCode: 0, stderr: '' });
});

describe('an invalid --cacert gives exit code 65, and nothing is sent:', () => {
  test.each([
    ['a missing file', undefined, "error: can't read ca.pem: no such file or folder (ENOENT)"],
    ['an empty file', '', 'error: ca.pem contains no valid certificate'],
    ['garbage', Buffer.from('00ff80fe', 'hex'), 'error: ca.pem contains no valid certificate'],
    [
      'a private key',
      '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
      'contains no valid certificate',
    ],
  ])('%s', async (_, content, words) => {
    const { url, heard } = await startSecureReceiver();
    const cwd = temporaryFolder();
    if (content !== undefined) writeFileSync(path.join(cwd, 'ca.pem'), content);
    const line = ['send', '-f', 'approved', '--url', url, '--cacert', 'ca.pem'];
    const { exitCode, stdout, stderr } = await webhookCli(line, { env, cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 65, stdout: '' });
    expect(stderr).toContain(words);
    expect(heard()).toBe(0);
  });
});
