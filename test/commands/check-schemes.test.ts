import { generateKeyPairSync, createPublicKey, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { schemes } from '../../src/scheme/schemes.js';
import { casesOf, finCases } from '../conformance/checking.js';
import { secret as finSecret, startBehaviour, startHandler } from '../conformance/receiver.js';
import { profiles } from '../conformance/schemes/profiles.js';
import { startScheme } from '../conformance/schemes/receiver.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const { stripe, slack, paddle, github } = profiles;
const standard = profiles['standard-webhooks'];

const check = (line: readonly string[], secret: string, cwd = temporaryFolder()) =>
  webhookCli(['check', ...line], { env: { WEBHOOK_SECRET: secret }, cwd, now: () => new Date() });

test('a correct receiver passes all cases that apply to its scheme, which the summary names', async () => {
  const { exitCode, stdout } = await check([await startScheme(paddle), '--scheme', 'paddle', '--json'], paddle.secret);
  expect(exitCode).toBe(0);
  const reports = reportsIn(stdout);
  expect(reports.map(({ id }) => id as string | undefined).slice(0, -1)).toEqual(
    casesOf(schemes.paddle).map(({ id }) => id),
  );
  expect(reports.at(-1)).toMatchObject({ isConformant: true, scheme: 'paddle' });
});

describe('--list', () => {
  const listed = async (...flags: string[]) =>
    reportsIn((await check(['--list', '--json', ...flags], finSecret)).stdout).map(({ id }) => id as string);

  test('shows the cases that apply to a scheme', async () => {
    const ids = await listed('--scheme', 'stripe');
    expect(ids).toEqual(expect.arrayContaining(['valid', 'stale', 'second-signature', 'reserialised']));
    for (const id of ['every-status', 'future', 'handshake', 'downgrade-md5', 'id-tampered', 'two-signatures'])
      expect(ids).not.toContain(id);
  });

  test('is unchanged for the default scheme', async () => {
    const ids = await listed();
    expect(ids.slice(0, finCases.length)).toEqual(finCases.map(({ id }) => id));
  });
});

describe('a case that does not apply', () => {
  test.each<[string[], string]>([
    [['--only', 'stale'], '"stale" needs a scheme with a timestamp'],
    [['--only', 'second-signature'], '"second-signature" needs a scheme with a list of signatures'],
    [['--only', 'every-status', '--scheme', 'github'], '"every-status" needs Fin\'s events as bodies'],
    [['--only', 'future', '--scheme', 'stripe'], '"future" needs a scheme that limits how far in the future a timestamp may be'],
    [['--only', 'effects', '--scheme', 'zoom', '--probe', 'true'], '"effects" needs a delivery with its own id'],
  ])('gives exit code 2: %j', async (flags, words) => {
    const { exitCode, stderr } = await check(flags, finSecret);
    expect({ exitCode, line: stderr.split('\n')[0] }).toEqual({ exitCode: 2, line: `error: ${words}` });
  }); // prettier-ignore

  test('may still be skipped', async () => {
    const url = await startBehaviour();
    expect(await check([url, '--only', 'valid', '--skip', 'stale'], finSecret)).toMatchObject({ exitCode: 0 });
  });
});

describe('reports name the scheme', () => {
  test('in the title of every document, so a baseline of another scheme doesn’t match', async () => {
    const cwd = temporaryFolder();
    const url = await startScheme(github);
    const line = [url, '--scheme', 'github', '--only', 'valid'];
    const { exitCode } = await check([...line, '--report', 'junit=check.xml', '--report', 'json=check.json'], github.secret, cwd);
    expect(exitCode).toBe(0);
    expect(readFileSync(path.join(cwd, 'check.xml'), 'utf8')).toContain('webhook-cli check (github)');
    expect(await check([...line, '--baseline', 'check.json'], github.secret, cwd)).toMatchObject({ exitCode: 0 });
    const other = await check(['--scheme', 'slack', '--baseline', 'check.json'], slack.secret, cwd);
    expect(other).toMatchObject({ exitCode: 65 });
    expect(other.stderr).toContain('check.json is for a scheme other than slack');
  }); // prettier-ignore

  test('and no case or cause mentions Fin', async () => {
    const url = await startScheme(slack, { matches: () => true });
    const { stdout, exitCode } = await check([url, '--scheme', 'slack'], slack.secret);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("cause: it doesn't verify signatures");
    expect(stdout).not.toMatch(/\bFin\b/);
  });
});

test('a response without the challenge fails and says so', async () => {
  const url = await startScheme(slack, { greet: () => undefined });
  const { stdout, exitCode } = await check([url, '--scheme', 'slack', '--only', 'handshake'], slack.secret);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('got: 200 OK without the challenge in its body');
});

describe('--body', () => {
  const bodies: Buffer[] = [];
  const startRecorder = () =>
    startHandler((request, response) => {
      void buffer(request).then(body => {
        bodies.push(body);
        response.end();
      });
    });

  test('is sent byte for byte', async () => {
    const cwd = temporaryFolder();
    const bytes = Buffer.from([0x3c, 0xff, 0x00, 0x0a]);
    writeFileSync(path.join(cwd, 'body'), bytes);
    await check([await startRecorder(), '--scheme', 'stripe', '--body', 'body', '--only', 'valid,duplicate'], stripe.secret, cwd);
    expect(bodies).toEqual([bytes, bytes, bytes]);
  }); // prettier-ignore

  test('leaves out cases that make events, and those that change JSON if the file isn’t JSON', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'body.xml'), '<event/>');
    writeFileSync(path.join(cwd, 'body.json'), '{"event":1}');
    const listed = async (file: string) =>
      reportsIn((await check(['--list', '--json', '--body', file], finSecret, cwd)).stdout).map(({ id }) => id as string);
    const [xml, json] = [await listed('body.xml'), await listed('body.json')];
    expect(xml).not.toContain('reserialised');
    expect(json).toContain('reserialised');
    expect([...xml, ...json]).not.toContain('every-status');
  }); // prettier-ignore
});

describe('an ed25519 key', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = (key: typeof privateKey, part: 'd' | 'x') =>
    Buffer.from(key.export({ format: 'jwk' })[part] ?? '', 'base64url');
  const privateText = `whsk_${Buffer.concat([raw(privateKey, 'd'), raw(publicKey, 'x')]).toString('base64')}`;
  const publicText = `whpk_${raw(publicKey, 'x').toString('base64')}`;

  const startVerifier = () =>
    startHandler((request, response) => {
      const verified = buffer(request).then(body => {
        const header = (name: string) => String(request.headers[`webhook-${name}`] ?? '');
        const content = Buffer.concat([Buffer.from(`${header('id')}.${header('timestamp')}.`), body]);
        const isRight = header('signature')
          .split(' ')
          .filter(entry => entry.startsWith('v1a,') && entry.length === 92)
          .some(entry => verify(null, content, createPublicKey(publicKey.export({ format: 'pem', type: 'spki' }).toString()), Buffer.from(entry.slice(4), 'base64')));
        const isTimely = header('id') !== '' && /^\d+$/.test(header('timestamp')) && Math.abs(Date.now() / 1000 - Number(header('timestamp'))) < 300;
        response.writeHead(request.method !== 'POST' ? 405 : isRight && isTimely ? 200 : 400).end();
      });
      // A body may end early.
      verified.catch(() => response.destroy());
    }); // prettier-ignore

  test('signs all cases', async () => {
    const line = [await startVerifier(), '--scheme', 'standard-webhooks', '--strict'];
    const { exitCode, stdout, stderr } = await check(line, privateText);
    expect({ exitCode, stderr, failed: stdout.match(/^✘.*/m) }).toEqual({ exitCode: 0, stderr: '', failed: null });
  });

  test('is refused before anything is sent if it’s a public key', async () => {
    const { exitCode, stderr } = await check(['--scheme', 'standard-webhooks'], publicText);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is a public key, which can only verify');
  });
});

test('compares effects for any scheme whose deliveries have ids', async () => {
  const seen = new Map<string, number>();
  const url = await startHandler((request, response) => {
    const id = String(request.headers['webhook-id']);
    if (request.method === 'GET') return void response.end(String(seen.get(request.url?.slice(1) ?? '') ?? 0));
    seen.set(id, (seen.get(id) ?? 0) + 1);
    request.resume().on('end', () => response.end());
  });
  const line = [url, '--scheme', 'standard-webhooks', '--only', 'one-delivery,effect-duplicate'];
  const probe = ['--probe', `${new URL(url).origin}/{event}`, '--probe-settle', '1s', '--json'];
  const reports = reportsIn((await check([...line, ...probe], standard.secret)).stdout);
  expect(reports.slice(0, 2)).toMatchObject([
    { id: 'one-delivery', outcome: 'passed' },
    { id: 'effect-duplicate', outcome: 'failed' },
  ]);
});
