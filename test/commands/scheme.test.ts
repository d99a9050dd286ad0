import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { presetNames } from '../../src/scheme/presets/index.js';
import { schemes } from '../../src/scheme/schemes.js';
import { writtenSecret, secretInForm } from '../../src/scheme/secret.js';
import { environmentOf, now, recordedAt } from '../support/by-scheme.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { listeningWith, stopped } from '../support/listening.js';

const others = presetNames.filter(name => name !== 'fin');

describe.each(others)('with --scheme %s', scheme => {
  const env = environmentOf(scheme);

  test('send delivers a sample that listen accepts, and its recording verifies at the time it arrived', async () => {
    const folder = temporaryFolder();
    const recording = path.join(folder, 'captured.ndjson');
    const { url, ...running } = await listeningWith(env, '--scheme', scheme, '--save', recording, '--count', '2');
    const sent = await webhookCli(['send', '--scheme', scheme, '--url', url, '--json'], { env });
    expect(sent).toMatchObject({ exitCode: 0 });
    const again = await webhookCli(['send', '--scheme', scheme, '--url', url, '-', '--json'], {
      env,
      stdin: Readable.from(['not JSON, and not Fin’s']),
    });
    expect(again).toMatchObject({ exitCode: 0 });
    const { stdout } = await stopped(running);
    const [, first, second] = reportsIn(stdout);
    const { event, id } = schemes[scheme].definition;
    expect(first).toMatchObject({
      status: 200,
      signature: { valid: true },
      schema: null,
      event: {
        scheme,
        ...(event && { type: expect.any(String) as unknown }),
        ...(id && { id: expect.any(String) as unknown }),
      },
    });
    expect(second).toMatchObject({ status: 200, signature: { valid: true }, event: { scheme } });
    const verified = await webhookCli(['verify', recording, '--scheme', scheme, '--json'], { env });
    expect(verified.exitCode).toBe(0);
    expect(reportsIn(verified.stdout)).toMatchObject([{ valid: true }, { valid: true }, { valid: 2 }]);
    expect(verified.stdout).not.toContain('isTimeChecked');
  });

  test('another secret is refused', async () => {
    const { url, ...running } = await listeningWith(env, '--scheme', scheme);
    const other = writtenSecret(secretInForm('another of them', 'the test', schemes[scheme].secrets)).toString();
    const { exitCode } = await webhookCli(['send', '--scheme', scheme, '--url', url], {
      env: { WEBHOOK_SECRET: other },
    });
    expect(exitCode).toBe(1);
    const [, request] = reportsIn((await stopped(running)).stdout);
    expect(request).toMatchObject({ status: 401, signature: { valid: false, reason: 'signature-mismatch' } });
  });
});

const env = environmentOf('stripe');
const twoHoursAgo = new Date(now.getTime() - 7_200_000);

describe('the time of a signature', () => {
  const signedAt = new Date('2026-01-31T09:30:00Z');

  test.each([
    { flags: [], exitCode: 0, report: { valid: true, isTimeChecked: false } },
    { flags: ['--now', '2026-01-31T09:34:59Z'], exitCode: 0, report: { valid: true } },
    { flags: ['--now', '2026-01-31T09:36:00Z'], exitCode: 1, report: { reason: 'timestamp-too-old', signedAt: signedAt.toISOString() } }, // prettier-ignore
    { flags: ['--now', '2026-01-31T09:36:00Z', '--tolerance', '10m'], exitCode: 0, report: { valid: true } },
    { flags: ['--now', '2036-01-31T09:36:00Z', '--tolerance', 'none'], exitCode: 0, report: { valid: true } },
    { flags: ['--now', '2026-01-31T09:29:00Z', '--tolerance', '10s'], exitCode: 1, report: { reason: 'timestamp-in-the-future' } }, // prettier-ignore
  ])('verify $flags', async ({ flags, exitCode, report }) => {
    const run = await webhookCli(['verify', recordedAt(signedAt), '--scheme', 'stripe', '--json', ...flags], { env });
    expect(run.exitCode).toBe(exitCode);
    expect(reportsIn(run.stdout)[0]).toMatchObject(report);
  });

  test('is shown in words', async () => {
    const { stdout } = await webhookCli(['verify', recordedAt(signedAt), '--scheme', 'stripe'], { env });
    expect(stdout).toContain('its age was not checked');
  });

  test('listen refuses an old one, and --tolerance allows it', async () => {
    const file = recordedAt(twoHoursAgo);
    for (const [flags, status] of [
      [[], 401],
      [['--tolerance', '3h'], 200],
    ] as const) {
      const { url, ...running } = await listeningWith(env, '--scheme', 'stripe', ...flags);
      await webhookCli(['replay', file, '--scheme', 'stripe', '--url', url], { env });
      expect(reportsIn((await stopped(running)).stdout)[1]).toMatchObject({ status });
    }
  });

  test('replay warns about an old one without --resign, and signs again with it', async () => {
    const file = recordedAt(twoHoursAgo, 'standard-webhooks');
    const own = environmentOf('standard-webhooks');
    const { url, ...running } = await listeningWith(own, '--scheme', 'standard-webhooks');
    const flags = ['--scheme', 'standard-webhooks', '--url', url];
    const plain = await webhookCli(['replay', file, ...flags], { env: own });
    expect(plain.stderr).toContain('its timestamp is outside the tolerance of standard-webhooks');
    const resigned = await webhookCli(['replay', file, '--resign', ...flags], { env: own });
    expect(resigned).toMatchObject({ exitCode: 0 });
    const [, first, second] = reportsIn((await stopped(running)).stdout);
    expect(first).toMatchObject({ signature: { reason: 'timestamp-too-old' } });
    expect(second).toMatchObject({ signature: { valid: true }, event: { id: 'msg_1' } });
  });

  test('export warns about it if the requests are meant to be sent', async () => {
    const file = recordedAt(twoHoursAgo);
    const { stderr } = await webhookCli(['export', file, '--to', 'curl', '--scheme', 'stripe']);
    expect(stderr).toContain('1 of 1 timestamps are outside the tolerance of stripe');
    const har = await webhookCli(['export', file, '--to', 'har', '--scheme', 'stripe']);
    expect(har.stderr).toBe('');
  });
});

test('verify and listen name the scheme of a request with another scheme', async () => {
  const file = recordedAt(now);
  const fin = { WEBHOOK_SECRET: '4f0c9a71d3' };
  const { stdout } = await webhookCli(['verify', file], { env: fin });
  expect(stdout).toContain('looks like stripe: try --scheme stripe');
  const { url, ...running } = await listeningWith(fin);
  await webhookCli(['replay', file, '--url', url], { env: fin });
  expect(reportsIn((await stopped(running)).stdout)[1]).toMatchObject({
    signature: { reason: 'signature-missing', looksLike: 'stripe' },
  });
});

test('generate --signed signs its events with any scheme', async () => {
  const { stdout } = await webhookCli(['generate', '--status', 'APPROVED', '--signed', '--scheme', 'stripe'], { env });
  const file = path.join(temporaryFolder(), 'generated.http');
  writeFileSync(file, stdout);
  expect(await webhookCli(['verify', file, '--scheme', 'stripe'], { env })).toMatchObject({ exitCode: 0 });
});

describe('an ed25519 private key', () => {
  const definition = {
    signature: { header: 'acme-signature', encoding: 'base64' },
    algorithm: 'ed25519',
    secret: 'hex',
    signed: '{timestamp}.{body}',
    timestamp: { header: 'acme-time', past: '5m', future: '5m' },
  };

  test('signs; its public key verifies, but can’t sign', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ scheme: 'acme', schemes: { acme: definition } })); // prettier-ignore
    const revealed = await webhookCli(['secret', '--reveal'], { cwd, homeDirectory: cwd });
    const [{ publicKey }] = reportsIn((await webhookCli(['secret', '--json'], { cwd, homeDirectory: cwd })).stdout) as [
      { publicKey: string },
    ];
    expect(publicKey).toMatch(/^[\da-f]{64}$/);
    writeFileSync(path.join(cwd, 'body'), 'any body');
    const secret = { WEBHOOK_SECRET: revealed.stdout.trim() };
    const signed = await webhookCli(['sign', 'body', '--json'], { cwd, env: secret });
    const [{ headers, algorithm }] = reportsIn(signed.stdout) as [{ headers: [string, string][]; algorithm: string }];
    expect(algorithm).toBe('ed25519');
    const [[, time] = ['', ''], [, signature] = ['', '']] = headers;
    const flags = ['verify', '--body', 'body', '--signature', signature, '-H', `acme-time: ${time}`];
    for (const env of [secret, { WEBHOOK_SECRET: publicKey }])
      expect(await webhookCli(flags, { cwd, env })).toMatchObject({ exitCode: 0 });
    writeFileSync(path.join(cwd, 'body'), 'any other body');
    expect(await webhookCli(flags, { cwd, env: secret })).toMatchObject({ exitCode: 1 });
    const public_ = await webhookCli(['sign', 'body'], { cwd, env: { WEBHOOK_SECRET: publicKey } });
    expect(public_).toMatchObject({ exitCode: 2 });
    expect(public_.stderr).toContain('is a public key, which can only verify');
  });
});

test('a scheme that signs the URL verifies behind a proxy that passes the host', async () => {
  const cwd = temporaryFolder();
  const acme = { signature: { header: 'acme-signature' }, signed: '{method} {url} {header.x-shop} {body}' };
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ scheme: 'acme', schemes: { acme } }));
  const env = { WEBHOOK_SECRET: '4f0c9a71d3' };
  writeFileSync(path.join(cwd, 'body'), 'any body');
  const at = ['-u', 'https://shop.example/hook?a=1', '-H', 'x-shop: 7'];
  const { stdout } = await webhookCli(['sign', 'body', '--only', 'acme-signature', ...at], { cwd, env });
  const head =
    'POST /hook?a=1 HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-proto: https\r\nx-forwarded-host: shop.example\r\n';
  writeFileSync(path.join(cwd, 'captured.http'), `${head}x-shop: 7\r\nacme-signature: ${stdout.trim()}\r\ncontent-length: 8\r\n\r\nany body`); // prettier-ignore
  expect(await webhookCli(['verify', 'captured.http'], { cwd, env })).toMatchObject({ exitCode: 0 });
});

test('the time limit and the statuses of a scheme are defaults, which the configuration overrides', async () => {
  const cwd = temporaryFolder();
  const timeoutOf = async (...flags: string[]) => {
    const { stdout } = await webhookCli(['config', '--json', ...flags], { cwd });
    return reportsIn(stdout).find(report => (report as { key?: string }).key === 'timeout');
  };
  expect(await timeoutOf('--scheme', 'slack')).toMatchObject({
    value: '3s',
    source: { kind: 'scheme', name: 'slack' },
  });
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ scheme: 'slack', timeout: '7s' }));
  expect(await timeoutOf()).toMatchObject({ value: '7s', source: { kind: 'file' } });
});

test('schemes prints a definition that works in the configuration as it is', async () => {
  const cwd = temporaryFolder();
  for (const name of presetNames) {
    const { stdout } = await webhookCli(['schemes', name], { cwd });
    const own = { scheme: 'own', schemes: { own: JSON.parse(stdout) as unknown } };
    writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify(own));
    const again = await webhookCli(['schemes', 'own'], { cwd });
    expect(JSON.parse(again.stdout)).toEqual(own.schemes.own);
  }
});

test('a profile’s scheme takes precedence, and a preset can’t be replaced', async () => {
  const cwd = temporaryFolder();
  const file = path.join(cwd, 'webhook-cli.config.json');
  const acme = (header: string) => ({ acme: { signature: { header } } });
  writeFileSync(file, JSON.stringify({ scheme: 'acme', schemes: acme('x-base'), profiles: { p: { schemes: acme('x-profile') } } })); // prettier-ignore
  writeFileSync(path.join(cwd, 'body'), '{}');
  const env = { WEBHOOK_SECRET: '4f0c9a71d3' };
  expect((await webhookCli(['sign', 'body'], { cwd, env })).stdout).toMatch(/^x-base: /);
  expect((await webhookCli(['sign', 'body', '--profile', 'p'], { cwd, env })).stdout).toMatch(/^x-profile: /);
  writeFileSync(file, '{\n  "schemes": { "fin": { "signature": { "header": "x-mine" } } }\n}\n');
  const refused = await webhookCli(['sign', 'body'], { cwd, env });
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(refused.stderr).toContain('webhook-cli.config.json:2:16: schemes.fin: is the name of a built-in scheme');
  expect(readFileSync(file, 'utf8')).toContain('x-mine');
});
