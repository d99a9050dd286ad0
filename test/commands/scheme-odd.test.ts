import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { environmentOf, now, recordedAt } from '../support/by-scheme.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { listeningWith, stopped } from '../support/listening.js';

const env = environmentOf('stripe');

describe('a new id', () => {
  const idsIn = (stdout: string) => reportsIn(stdout).flatMap(({ event }) => (event as { id?: string } | undefined)?.id ?? []); // prettier-ignore

  test('is in each sample that is sent, wherever the scheme puts it', async () => {
    for (const scheme of ['stripe', 'svix'] as const) {
      const own = environmentOf(scheme);
      const { url, ...running } = await listeningWith(own, '--scheme', scheme, '--count', '5', '--distinct');
      await webhookCli(['send', '--scheme', scheme, '--count', '5', '--url', url], { env: own });
      const { exitCode, stdout } = await running.ended;
      expect(exitCode).toBe(0);
      expect(new Set(idsIn(stdout)).size).toBe(5);
    }
  });

  test.each(['stripe', 'standard-webhooks'] as const)('is set by replay --resign --fresh for %s', async scheme => {
    const own = environmentOf(scheme);
    const { url, ...running } = await listeningWith(own, '--scheme', scheme);
    const flags = ['--scheme', scheme, '--resign', '--fresh', '--url', url];
    expect(await webhookCli(['replay', recordedAt(now, scheme), ...flags], { env: own })).toMatchObject({
      exitCode: 0,
    });
    const [, request] = reportsIn((await stopped(running)).stdout);
    expect(request).toMatchObject({ status: 200, signature: { valid: true } });
    expect(idsIn(JSON.stringify(request))).not.toContain(scheme === 'stripe' ? 'evt_1' : 'msg_1');
  });
});

test.each(['a\r\nx-evil: y', ' msg_1', 'é', ''])('sign --id %j is refused', async id => {
  const own = environmentOf('svix');
  const run = await webhookCli(['sign', '-', '--scheme', 'svix', '--id', id], {
    env: own,
    stdin: Readable.from(['{}']),
  });
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
});

test('refuses a time that has no effect or is before all timestamps', async () => {
  const file = recordedAt(now);
  const fin = { WEBHOOK_SECRET: '4f0c9a71d3' };
  const verified = await webhookCli(['verify', file, '--now', '2026-01-31T09:30:00Z'], { env: fin });
  expect(verified).toMatchObject({ exitCode: 2 });
  expect(verified.stderr).toContain('--now has no effect: fin signs no time');
  const signed = await webhookCli(['sign', file, '--scheme', 'stripe', '--now', '1969-01-01T00:00:00Z'], { env });
  expect(signed).toMatchObject({ exitCode: 2 });
});

test('counts a request’s age from --now', async () => {
  const file = recordedAt(now);
  const { exitCode, stdout } = await webhookCli(
    ['verify', file, '--scheme', 'stripe', '--now', '2026-01-01T00:12:00Z'],
    { env },
  );
  expect(exitCode).toBe(1);
  expect(stdout).toContain('signed at 2026-01-01T00:00:00.000Z, 12 min before the time of --now');
});

test('two timestamps are ambiguous, and no cause is claimed for them', async () => {
  const own = environmentOf('standard-webhooks');
  const file = recordedAt(now, 'standard-webhooks');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(webhook-timestamp: \d+\r\n)/, '$1$1'));
  const { stdout } = await webhookCli(['verify', file, '--scheme', 'standard-webhooks', '--json'], { env: own });
  expect(reportsIn(stdout)[0]).toMatchObject({ valid: false, reason: 'signature-ambiguous' });
  expect(reportsIn(stdout)[0]).not.toHaveProperty('diagnosis');
});

test.each(['', 'a b', '--x', 'x\ny', 'Stripe'])('%j is not a valid name for a scheme', async name => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ schemes: { [name]: { signature: { header: 'x-a' } } } })); // prettier-ignore
  expect(await webhookCli(['schemes'], { cwd })).toMatchObject({ exitCode: 2 });
});

describe('in the configuration file,', () => {
  const inFolder = (config: object) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify(config));
    writeFileSync(path.join(cwd, 'body'), '{}');
    return cwd;
  };

  test.each(['send', 'sign'])('%s refuses a header of the scheme in use', async command => {
    const cwd = inFolder({ headers: { 'Svix-Id': 'msg_1' }, scheme: 'svix' });
    const run = await webhookCli([command, 'body'], { cwd, env: environmentOf('svix') });
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stderr).toContain('webhook-cli.config.json: headers: svix-id contradicts the new signature');
  });

  test('finds a scheme in another profile and says so', async () => {
    const schemes = { acme: { signature: { header: 'x-acme' } } };
    const cwd = inFolder({ profiles: { staging: { schemes } } });
    const run = await webhookCli(['sign', 'body', '--scheme', 'acme'], { cwd, env });
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stderr).toContain('--profile staging has it');
  });
});

test('describes a time in seconds in words', async () => {
  const { stderr } = await webhookCli(['sign', '-', '--scheme', 'stripe', '--now', '1769850000'], { env });
  expect(stderr).toContain('did you mean 2026-01-31T09:00:00Z?');
});

test('replay says that another scheme’s signature is sent along with the new one', async () => {
  const file = recordedAt(now, 'svix');
  const { stderr } = await webhookCli(['replay', file, '--scheme', 'stripe', '--resign', '--dry-run'], { env });
  expect(stderr).toContain('the recorded headers of svix are sent, too');
});

test('names the right separator of a list', async () => {
  const own = environmentOf('svix');
  const file = recordedAt(now, 'svix');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(svix-signature: )(\S+)/, `$1$2\tv1,${'A'.repeat(43)}=`));
  const { stdout } = await webhookCli(['verify', file, '--scheme', 'svix'], { env: own });
  expect(stdout).toContain('fix: separate them with one space');
});
