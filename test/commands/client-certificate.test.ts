import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { TLSSocket } from 'node:tls';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAuthority, startTlsReceiver, type Identity } from '../support/authority.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

/** A receiver that serves only clients with a certificate from its authority, and a sender that has one. */
async function partners() {
  const authority = createAuthority();
  const own = authority.issue({ name: 'DNS:sender.example' });
  const names: unknown[] = [];
  const { url } = await startTlsReceiver(
    authority.issue(),
    { ca: readFileSync(authority.certificate), requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { socket } = request;
      if (socket instanceof TLSSocket) names.push(socket.getPeerCertificate().subjectaltname);
      response.writeHead(200).end();
    },
  );
  const run = (command: readonly string[], { certificate, key }: Partial<Identity>) =>
    webhookCli([...command, '--cacert', authority.certificate, ...flag('--cert', certificate), ...flag('--key', key)], {
      env,
    });
  return { own, names, run, url, authority };
}

const flag = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value]);

describe('a receiver that asks for a certificate', () => {
  test.each([
    ['send', (url: string) => ['send', '-f', 'approved', '--url', url]],
    ['check', (url: string) => ['check', url, '--only', 'wrong-secret']],
  ])('gets the one of --cert from %s', async (_, line) => {
    const { own, names, run, url } = await partners();
    const { stderr } = await run(line(url), own);
    expect(stderr).toBe('');
    expect(new Set(names)).toEqual(new Set(['DNS:sender.example']));
  });

  test('gets it from replay', async () => {
    const { own, names, run, url } = await partners();
    const file = path.join(temporaryFolder(), 'sent.ndjson');
    expect(await run(['send', '-f', 'approved', '--url', url, '--save', file], own)).toMatchObject({ exitCode: 0 });
    expect(await run(['replay', file, '--url', url, '--resign'], own)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(names).toEqual(['DNS:sender.example', 'DNS:sender.example']);
  });

  test('receives no request without one', async () => {
    const { names, run, url } = await partners();
    expect(await run(['send', '-f', 'approved', '--url', url], {})).toMatchObject({ exitCode: 69 });
    expect(names).toEqual([]);
  });
});

test.each([
  ['--cert', '--key'],
  ['--key', '--cert'],
])('%s needs %s', async (given, missing) => {
  for (const line of [
    ['send', '-f', 'approved'],
    ['check', 'http://127.0.0.1:1/'],
    ['replay', 'x'],
  ]) {
    const { exitCode, stderr } = await webhookCli([...line, given, 'x.pem'], { env });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toContain(`${given} needs ${missing}`);
  }
});

test('warns about a key that others can read', async () => {
  const { own, run, url } = await partners();
  chmodSync(own.key, 0o644);
  const { exitCode, stderr } = await run(['send', '-f', 'approved', '--url', url], own);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: `warning: ${own.key} is a private key that others can read; run chmod 600 on it\n`,
  });
});

describe('gives exit code 65, and nothing is sent:', () => {
  type Spoil = (own: Identity, folder: string) => Identity;
  test.each<[string, Spoil, RegExp]>([
    ['a missing certificate', own => ({ ...own, certificate: 'no.pem' }), /can't read no\.pem: no such file/],
    ['a missing key', own => ({ ...own, key: 'no.pem' }), /can't read no\.pem: no such file/],
    ['a key as the certificate', own => ({ ...own, certificate: own.key }), /contains no valid certificate/],
    ['a certificate as the key', own => ({ ...own, key: own.certificate }), /contains no valid private key/],
    [
      'the key of another certificate',
      own => ({ ...own, key: createAuthority().issue().key }),
      /isn't the private key of /,
    ],
    [
      'an encrypted key',
      (own, folder) => {
        const key = path.join(folder, 'encrypted.pem');
        execFileSync('openssl', ['pkcs8', '-topk8', '-in', own.key, '-out', key, '-passout', 'pass:canary']);
        return { ...own, key };
      },
      /the private key in .* is encrypted\nhint: decrypt it/,
    ],
    [
      'a key that is cut',
      (own, folder) => {
        const key = path.join(folder, 'cut.pem');
        writeFileSync(key, readFileSync(own.key, 'utf8').slice(0, 90), { mode: 0o600 });
        return { ...own, key };
      },
      /contains no valid private key/,
    ],
  ])('%s', async (_, spoil, words) => {
    const { own, names, run, url } = await partners();
    const spoilt = spoil(own, temporaryFolder());
    const { exitCode, stdout, stderr } = await run(['send', '-f', 'approved', '--url', url], spoilt);
    expect({ exitCode, stdout }).toEqual({ exitCode: 65, stdout: '' });
    expect(stderr).toMatch(words);
    expect(names).toEqual([]);
  });
});

test('a printed curl command has both flags', async () => {
  const line = ['send', '-f', 'approved', '--url', 'https://example.com/', '--print', 'curl'];
  const { stdout } = await webhookCli([...line, '--cert', 'my.pem', '--key', 'my-key.pem'], { env });
  expect(stdout).toContain(' --cert my.pem --key my-key.pem ');
});
