import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { grouped } from '../../src/text/words.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';

const secret = 'a canary of a secret';
const arrived = '{"b": 1,\n"a": "x/y"}';

interface Mistake {
  title: string;
  ids: string[];
  why: string;
  fix: string;
  body?: string;
  /** What was signed instead. */
  signed?: string;
  configured?: string;
  /** What it was signed with instead. */
  used?: string;
  algorithm?: string;
  spelt?: (digest: Buffer) => string;
}

const nextStep =
  'check the secret first: webhook-cli secret shows where it comes from; then check whether something changed the body';
const rawBytes = 'sign and verify the raw bytes of the request';
const lowerCaseHex = 'write the signature in lower-case hexadecimal';

const mistakes: Mistake[] = [
  { title: 'a body that was re-serialised', signed: '{"b":1,"a":"x/y"}', ids: ['json-compact'], why: 're-serialised as compact JSON', fix: rawBytes },
  { title: 'a body that was sorted', signed: '{"a":"x/y","b":1}', ids: ['json-sorted-keys'], why: 'compact JSON with sorted keys', fix: rawBytes },
  { title: 'a final newline that was lost', signed: `${arrived}\n`, ids: ['with-final-lf'], why: 'with a newline (LF) at its end', fix: 'sign and send the same bytes' },
  { title: 'a final newline that was added', body: `${arrived}\n`, signed: arrived, ids: ['without-final-newline'], why: 'without its final newline', fix: 'sign and send the same bytes' },
  { title: 'line ends that were changed', signed: arrived.replace('\n', '\r\n'), ids: ['crlf-for-lf'], why: 'with CRLF in place of every LF', fix: 'keep line endings unchanged' },
  { title: 'a byte order mark', body: `\ufeff${arrived}`, signed: arrived, ids: ['without-byte-order-mark'], why: 'without its byte order mark', fix: 'read and write the body as bytes' },
  { title: 'a signature in base64', spelt: digest => digest.toString('base64'), ids: ['base64'], why: 'the signature is in base64', fix: lowerCaseHex },
  { title: 'a signature in upper case', spelt: digest => digest.toString('hex').toUpperCase(), ids: ['upper-case'], why: 'the signature is in upper case', fix: lowerCaseHex },
  { title: 'a signature with a prefix', spelt: digest => `sha256=${digest.toString('hex')}`, ids: ['prefix'], why: 'the signature has a prefix', fix: 'send only the hexadecimal digits' },
  { title: 'a secret with a newline', used: `${secret}\n`, ids: ['secret-with-final-lf'], why: 'a newline (LF) at the end of the secret', fix: 'strip the newline' },
  { title: 'a secret without its prefix', configured: `whsec_${secret}`, used: secret, ids: ['secret-without-whsec'], why: 'the secret without its prefix whsec_', fix: 'use the text of the secret unchanged' },
  { title: 'another algorithm', algorithm: 'sha512', ids: ['sha512'], why: "it was made with sha512, and x-fin-signature-algorithm doesn't say so", fix: 'send x-fin-signature-algorithm: sha512' },
  { title: 'an algorithm that is too weak', algorithm: 'sha1', ids: ['sha1'], why: 'it was made with sha1, which is too weak', fix: 'sign with sha256' },
  { title: 'a body and a secret at once', signed: '{"b":1,"a":"x/y"}', used: `${secret}\n`, ids: ['json-compact', 'secret-with-final-lf'], why: 're-serialised as compact JSON', fix: rawBytes },
]; // prettier-ignore

function requestOf({ body = arrived, signed = body, used = secret, algorithm = 'sha256', spelt }: Mistake) {
  const digest = createHmac(algorithm, used).update(signed).digest();
  return record(body, [['x-fin-signature', spelt ? spelt(digest) : digest.toString('hex')]]);
}

const record = (body: Uint8Array | string, headers: RecordFacts['headers'], facts: Partial<RecordFacts> = {}) =>
  encodeRecord({
    ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, headers, body: Buffer.from(body), ...facts },
  });

async function verify(content: Uint8Array | string, { configured = secret, flags = [] as string[] } = {}) {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'requests'), content);
  const run = await webhookCli(['verify', 'requests', ...flags], { cwd, env: { WEBHOOK_SECRET: configured } });
  return { ...run, output: run.stdout + run.stderr };
}

const spellingsOf = (bytes: Buffer): string[] =>
  (['hex', 'base64', 'base64url'] as const).map(spelling => bytes.toString(spelling).replace(/=+$/, ''));

describe.each(mistakes)('$title', mistake => {
  const { ids, why, fix, body = arrived, configured = secret } = mistake;

  test('is explained in words, with its fix', async () => {
    const { exitCode, stdout, stderr } = await verify(requestOf(mistake), { configured });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.filter(line => line.startsWith('    why: '))).toHaveLength(ids.length);
    expect(lines.find(line => line.startsWith('    why: '))).toContain(why);
    expect(lines.find(line => line.startsWith('    fix: '))).toContain(fix);
  });

  test('is named in --json', async () => {
    const { stdout } = await verify(requestOf(mistake), { configured, flags: ['--json'] });
    const [report] = reportsIn(stdout);
    const findings = ids.map(id => ({ id, words: expect.any(String) as string, remedy: expect.any(String) as string }));
    expect(report).toMatchObject({ valid: false, diagnosis: { found: true, origin: 'WEBHOOK_SECRET', findings } });
  });

  test.each([[[]], [['--json']], [['--debug']]])(
    'shows neither the secret nor the correct signature with %j',
    async flags => {
      const { output } = await verify(requestOf(mistake), { configured, flags });
      const keys = [configured, mistake.used ?? secret];
      const digests = ['sha256', 'sha384', 'sha512', 'sha1'].flatMap(name =>
        [body, mistake.signed ?? body].flatMap(text => keys.map(key => createHmac(name, key).update(text).digest())),
      );
      const forbidden = [...keys.map(key => Buffer.from(key)), ...digests].flatMap(spellingsOf);
      const shown = output.toLowerCase();
      expect([secret, ...forbidden].filter(text => shown.includes(text.toLowerCase()))).toEqual([]);
    },
  );
});

test('names the secret that was used, out of several', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'old'), 'another one, of long ago', { mode: 0o600 });
  writeFileSync(
    path.join(cwd, 'requests'),
    requestOf({ title: '', ids: [], why: '', fix: '', signed: `${arrived}\n` }),
  );
  const args = ['verify', 'requests', '--secret-file', 'old', '--secret-env', 'NEW'];
  const { stdout } = await webhookCli(args, { cwd, env: { NEW: secret } });
  expect(stdout).toMatch(/why: .* with a newline \(LF\) at its end\n +secret: NEW\n +fix: /);
});

test('names a secret of another profile, and skips one that can’t be read', async () => {
  const cwd = temporaryFolder();
  const profiles = { staging: { secretFile: 'staging' }, live: { secretEnv: 'NOWHERE' }, old: { secretFile: 'gone' } };
  writeFileSync(path.join(cwd, 'webhook-cli.config.json'), JSON.stringify({ profiles }));
  writeFileSync(path.join(cwd, 'staging'), 'the one of staging', { mode: 0o600 });
  const used = { title: '', ids: [], why: '', fix: '', used: 'the one of staging' };
  writeFileSync(path.join(cwd, 'requests'), requestOf({ ...used, signed: `${arrived}\n` }));
  const { exitCode, stdout, stderr } = await webhookCli(['verify', 'requests'], {
    cwd,
    env: { WEBHOOK_SECRET: secret },
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toMatch(
    /why: .*\n +why: it was made with another of the secrets that webhook-cli knows\n +secret: .*staging\n +fix: /,
  );
});

test('says that a body is empty, whatever was signed', async () => {
  const { stdout } = await verify(record('', [['x-fin-signature', createHmac('sha256', secret).update(arrived).digest('hex')]])); // prettier-ignore
  expect(stdout).toContain('; the body is empty: none was sent, or something read it before the capture\n');
  expect(stdout).not.toContain('fix:');
});

describe('a signature that nothing explains', () => {
  const request = record(arrived, [['x-fin-signature', '5'.repeat(64)]]);

  test('reports how many mistakes were tried', async () => {
    const json = await verify(request, { flags: ['--json'] });
    const [report] = reportsIn(json.stdout);
    const diagnosis = report?.['diagnosis'] as { tried: number };
    expect(diagnosis).toEqual({ found: false, tried: expect.any(Number) as number, isComplete: true });
    expect(diagnosis.tried).toBeGreaterThan(20);

    const { stdout } = await verify(request);
    expect(stdout).toContain(
      `; no common mistake explains it (${grouped(diagnosis.tried)} signatures tried)\n    fix: ${nextStep}\n`,
    );
    expect(stdout).not.toContain('why:');
  });

  test('says that the search was limited if the body is too large', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'secrets'), 'one\ntwo\nthree\n', { mode: 0o600 });
    const body = JSON.stringify('é'.repeat(2 ** 20));
    writeFileSync(path.join(cwd, 'large.http'), `POST / HTTP/1.1\r\nx-fin-signature: ${'5'.repeat(64)}\r\n\r\n${body}`);
    const { stdout } = await webhookCli(['verify', 'large.http', '--secret-file', 'secrets'], { cwd });
    expect(stdout).toMatch(
      /; trying every common mistake would take too long, and none of the [\d,]+ signatures tried explains it\n/,
    );
    expect(stdout).not.toContain('no common mistake');
  });

  test('is skipped once all searches have used up their time, and counted in the summary', async () => {
    let elapsed = 0;
    // Each reading of the clock takes a second.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (elapsed += 1000));
    onTestFinished(() => {
      clock.mockRestore();
    });
    const many = Buffer.concat(Array<Uint8Array>(10).fill(request));
    const reports = reportsIn((await verify(many, { flags: ['--json'] })).stdout);
    const cut = reports.filter(({ diagnosis }) => (diagnosis as { tried: number } | undefined)?.tried === 0);
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.length).toBeLessThan(9);
    expect(reports.at(-1)).toMatchObject({ read: 10, invalid: 10, unsearched: cut.length });
    const { stdout } = await verify(many);
    expect(stdout).toContain('another secret; the time limit for finding causes was reached\n');
    expect(stdout).toMatch(/\n… \d without a search for the cause\n$/);
  });

  test('doesn’t reveal the correct signature', async () => {
    const right = createHmac('sha256', secret).update(arrived).digest();
    for (const flags of [[], ['--json'], ['--debug']]) {
      const { output } = await verify(request, { flags });
      expect([secret, ...spellingsOf(right)].filter(text => output.includes(text))).toEqual([]);
    }
  });
});

describe('hostile text is never printed raw', () => {
  // ANSI, C1, bidi, zero-width, a byte order mark, and the beginnings of commands in CI logs.
  const poison = '\u001b[31mred\u0007\u009b2J\u202e\u2066\u200b\ufeff\u2028::error::x ##[error]x';
  const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|::error|##\[/;
  const body = JSON.stringify({
    event: { id: poison, event_reference_id: poison, type: poison },
    data: { customer_status: poison, email: poison },
  });
  const headers: RecordFacts['headers'] = [['x-fin-signature', poison], ['x-fin-signature-algorithm', poison]]; // prettier-ignore
  const hostile: RecordFacts['headers'] = [['x-fin-signature', '5'.repeat(64)], [poison, poison]]; // prettier-ignore
  const inHar = (request: object) =>
    JSON.stringify({
      log: {
        entries: [{ startedDateTime: poison, request: { method: 'POST', url: 'http://x/', headers: [], ...request } }],
      },
    });
  const named = [{ name: 'x-fin-signature', value: '\u001b[31m\u202e::error::' }];
  const text = body.replaceAll(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

  test.each([
    { place: 'a recording', content: record(body, hostile) },
    { place: 'the signature of a recording', content: record(body, headers) },
    { place: 'the time, method and target of a recording', content: record(body, hostile, { receivedAt: poison, method: poison, target: poison }) },
    { place: 'a body cut short', content: record(body, hostile, { complete: false, id: poison, remote: poison }) },
    { place: 'a record that isn’t one', content: `\n{"v":1,"${poison}":1,"end":true}\n` },
    { place: 'a record that isn’t JSON', content: `\n{"v":1,${poison},"end":true}\n` },
    { place: 'a torn record', content: `\n{"v":1,"kind":"${poison}` },
    { place: 'HAR', content: inHar({ headers: named, postData: { text: body } }) },
    { place: 'HAR that isn’t one', content: inHar({ method: poison, url: poison, [poison]: poison }) },
    { place: 'HAR that isn’t JSON', content: `{${poison}` },
    { place: 'raw HTTP', content: `POST / HTTP/1.1\r\nx-fin-signature: ::error::##[x]\r\n\r\n${text}` },
    { place: 'a header of raw HTTP', content: `POST / HTTP/1.1\r\nx-fin-signature: ${poison}\r\n\r\n` },
    { place: 'the first line of raw HTTP', content: `${poison} / HTTP/1.1\r\n\r\n` },
    { place: 'the length of raw HTTP', content: `POST / HTTP/1.1\r\ncontent-length: ::error::\r\n\r\n` },
  ])('from $place', async ({ content }) => {
    for (const flags of [[], ['--json'], ['--debug']]) {
      const { exitCode, stdout, stderr } = await verify(content, { flags });
      expect([1, 65]).toContain(exitCode);
      expect(stdout).not.toMatch(raw);
      expect(stderr).not.toMatch(raw);
    }
  }); // prettier-ignore

  test('from the name of a file', async () => {
    for (const flags of [[], ['--json'], ['--debug']]) {
      const { exitCode, stdout, stderr } = await webhookCli(['verify', `missing${poison}`, ...flags], {
        env: { WEBHOOK_SECRET: secret },
      });
      expect(exitCode).toBe(65);
      expect(stdout + stderr).not.toMatch(raw);
      expect(stderr).toContain('missing\\u001b[31m');
    }
  });
});
