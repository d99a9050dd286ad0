import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodeRecord, type RecordFacts } from '../../src/recording/record.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { writeHar } from '../support/recording.js';
import { temporaryFolder } from '../support/folder.js';
import { env, signatureOf } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const record = (text: string, facts: Partial<RecordFacts> = {}) =>
  encodeRecord({
    ...{ kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-31T09:30:00.000Z', method: 'POST', target: '/' },
    ...{ complete: true, body: Buffer.from(text), headers: Object.entries(signatureOf(text)), ...facts },
  });

const recordings = (...texts: string[]) => Buffer.concat(texts.map(text => record(text)));
const note = 'recorded signatures are sent unchanged; --resign signs again with the current secret';

/** The result of replaying these files: all of them unless others are named. */
async function replay(files: Record<string, Uint8Array | string>, ...flags: string[]) {
  const { url, received } = await startReceiver();
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(cwd, name), content);
  const run = await webhookCli(['replay', ...Object.keys(files), '--json', '--url', url, ...flags], { cwd });
  const reports = reportsIn(run.stdout);
  return {
    ...{ exitCode: run.exitCode, cwd, summary: reports.at(-1), bodies: received.map(({ body }) => body.toString()) },
    sources: reports.filter(({ type }) => type === 'sent').map(({ source }) => source),
    said: reportsIn(run.stderr).filter(({ message }) => message !== note),
  };
}

describe('--only', () => {
  test.each([
    ['2', ['b']],
    ['1,3', ['a', 'c']],
    ['3,1', ['a', 'c']],
    ['2,2', ['b']],
  ])('%s sends only these, in the order of the recording', async (positions, expected) => {
    const { exitCode, bodies, sources } = await replay({ captured: recordings('a', 'b', 'c') }, '--only', positions);
    expect({ exitCode, bodies }).toEqual({ exitCode: 0, bodies: expected });
    expect(sources).toEqual(expected.map(text => `captured ${'_abc'.indexOf(text)}`));
  });

  test('counts like verify, with responses and damage in between', async () => {
    const reply = record('OK', { kind: 'reply', of: 'r', status: 200 });
    const corrupt = Buffer.from(record('x').toString().replace('"kind"', '"kin"'));
    const parts = [
      reply,
      record('a'),
      reply,
      corrupt,
      record('b', { complete: false, headers: [] }),
      record('x').subarray(0, -20),
      Buffer.from('\n'),
    ];
    const files = { captured: Buffer.concat([...parts, record('c', { kind: 'sent' }), reply, record('d')]) };
    const { cwd } = await replay(files);
    const { stdout } = await webhookCli(['verify', 'captured', '--json'], { cwd, env });
    const numbered = reportsIn(stdout).flatMap(({ index, valid }) => (valid === true ? [index] : []));
    expect(numbered).toEqual([1, 3, 4]);
    for (const [turn, index] of numbered.entries()) {
      const { bodies, sources } = await replay(files, '--only', String(index));
      expect({ bodies, sources }).toEqual({ bodies: ['acd'[turn]], sources: [`captured ${String(index)}`] });
    }
  });

  test('of a missing position gives exit code 65, and nothing is sent', async () => {
    const { exitCode, bodies, said } = await replay({ captured: recordings('a', 'b') }, '--only', '2,3,7');
    expect({ exitCode, bodies }).toEqual({ exitCode: 65, bodies: [] });
    expect(said).toMatchObject([{ code: 'input', message: 'captured has 2 requests, but no number 3, 7' }]);
  });

  test('works with one file only', async () => {
    const { exitCode, bodies, said } = await replay({ a: recordings('a'), b: recordings('b') }, '--only', '1');
    expect({ exitCode, bodies }).toEqual({ exitCode: 2, bodies: [] });
    expect(said).toMatchObject([{ code: 'usage', message: '--only is for one file' }]);
  });
});

describe('--match', () => {
  const event = (status: string, type: string) => JSON.stringify({ data: { status, type } });
  const [first, second, third] = [event('A', 'X'), event('B', 'X'), event('A', 'Y')];
  const files = { captured: recordings(first, 'no JSON', second, third) };

  test.each([
    [['data.status=A'], [first, third]],
    [
      ['data.status=A', 'data.status=B'],
      [first, second, third],
    ],
    [['data.status=A', 'data.type=X'], [first]],
    [
      ['data.status=A', 'data.status=B', 'data.type=X'],
      [first, second],
    ],
  ])('%j: one value of each path must match', async (matches, expected) => {
    const { exitCode, bodies } = await replay(files, ...matches.flatMap(match => ['--match', match]));
    expect({ exitCode, bodies }).toEqual({ exitCode: 0, bodies: expected });
  });

  test('and --only must both match', async () => {
    const { bodies, sources } = await replay(files, '--match', 'data.status=A', '--only', '3,4');
    expect({ bodies, sources }).toEqual({ bodies: [third], sources: ['captured 4'] });
  });

  test('gives exit code 65 if nothing matches', async () => {
    const { exitCode, bodies, said } = await replay(files, '--match', 'data.status=C');
    expect({ exitCode, bodies }).toEqual({ exitCode: 65, bodies: [] });
    expect(said).toMatchObject([{ code: 'input', message: 'none of the 4 requests match' }]);
  });
});

describe('several files', () => {
  test('are sent one after the other, each counted from 1', async () => {
    const { exitCode, bodies, sources } = await replay({ one: recordings('a', 'b'), two: recordings('c') });
    expect({ exitCode, bodies }).toEqual({ exitCode: 0, bodies: ['a', 'b', 'c'] });
    expect(sources).toEqual(['one 1', 'one 2', 'two 1']);
  });

  test('may be of several formats, and one may be standard input', async () => {
    const { url, received } = await startReceiver();
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'one'), recordings('a'));
    writeFileSync(path.join(cwd, 'two'), 'POST / HTTP/1.1\r\nHost: x\r\n\r\nb');
    const stdin = Readable.from([recordings('c')]);
    const { exitCode } = await webhookCli(['replay', 'one', '-', 'two', '--url', url], { cwd, stdin });
    expect(exitCode).toBe(0);
    expect(received.map(({ body }) => body.toString())).toEqual(['a', 'c', 'b']);
  });
});

describe('--format', () => {
  const headers = Object.entries(signatureOf('a'));
  const har = writeHar([{ method: 'POST', target: '/', headers, body: Buffer.from('a'), fidelity: 'exact', findings: [] }], { version: '0.0.0', origin: 'http://x' }); // prettier-ignore
  const contents = { recording: recordings('a'), har, http: 'POST / HTTP/1.1\r\nHost: x\r\n\r\na' };

  test.each(Object.entries(contents))('%s reads the named format', async (format, content) => {
    const { exitCode, bodies } = await replay({ captured: content }, '--format', format);
    expect({ exitCode, bodies }).toEqual({ exitCode: 0, bodies: ['a'] });
  });

  test.each([
    ['har', contents.http],
    ['recording', contents.har],
    ['http', contents.recording],
  ])('%s gives exit code 65 for another format, and nothing is sent', async (format, content) => {
    const { exitCode, bodies } = await replay({ captured: content }, '--format', format);
    expect({ exitCode, bodies }).toEqual({ exitCode: 65, bodies: [] });
  });
});

describe('a damaged recording', () => {
  test('whose last record is incomplete is sent without it, with a warning', async () => {
    const { exitCode, bodies, said } = await replay({
      captured: Buffer.concat([recordings('a', 'b'), record('c').subarray(0, -20)]),
    });
    expect({ exitCode, bodies }).toEqual({ exitCode: 0, bodies: ['a', 'b'] });
    expect(said).toEqual([{ type: 'warning', message: 'captured: a record was never finished, and is left out' }]);
  });

  test.each([
    { from: '"kind"', to: '"kin"', reason: "it isn't a record" },
    { from: '"bodyBase64":"Yg=="', to: '"bodyBase64":"Yw=="', reason: "its body doesn't have the recorded sha256" },
    { from: '"v":1', to: '"v":2', reason: 'a newer version of webhook-cli wrote it' },
  ])('with a corrupt record gives exit code 65, as $reason, and the rest is sent', async ({ from, to, reason }) => {
    const corrupt = Buffer.from(record('b').toString().replace(from, to));
    const { exitCode, bodies, said } = await replay({ captured: Buffer.concat([record('a'), corrupt, record('c')]) });
    expect({ exitCode, bodies }).toEqual({ exitCode: 65, bodies: ['a', 'c'] });
    expect(said).toMatchObject([
      { type: 'error', code: 'input', message: `captured: a record is corrupt, and is left out: ${reason}` },
    ]);
  });
});

describe('a request whose body isn’t known exactly', () => {
  test('is left out and counted if it’s incomplete', async () => {
    const cut = record('cut', { complete: false });
    const { exitCode, bodies, said, summary } = await replay({
      captured: Buffer.concat([record('a'), cut, cut, record('b')]),
    });
    expect({ exitCode, bodies }).toEqual({ exitCode: 0, bodies: ['a', 'b'] });
    expect(said).toMatchObject([
      { type: 'warning', message: '2 of 4 requests left out: their bodies are incomplete or not exact' },
    ]);
    expect(summary).toMatchObject({ asked: 2, expected: 2 });
  });

  test('is left out and counted if it’s inexact', async () => {
    const requests = (['inexact', 'exact'] as const).map(fidelity => ({
      ...{ method: 'POST', target: '/', headers: [], body: Buffer.from(fidelity), fidelity, findings: [] },
    }));
    const { bodies, said } = await replay({ captured: writeHar(requests, { version: '0.0.0', origin: 'http://x' }) });
    expect(bodies).toEqual(['exact']);
    expect(said).toMatchObject([{ message: expect.stringContaining('1 of 2 requests left out') as string }]);
  });

  test.each<{ title: string; content: Uint8Array | string }>([
    { title: 'only such ones', content: record('a', { complete: false }) },
    { title: 'a raw message that was cut short', content: 'POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nbody' },
    { title: 'only responses', content: record('a', { kind: 'reply', of: 'r', status: 200 }) },
    { title: 'only a torn record', content: record('a').subarray(0, -20) },
    { title: 'nothing', content: '' },
    { title: 'HAR without entries', content: '{"log":{"entries":[]}}' },
  ])('with $title has nothing to send: 65', async ({ content }) => {
    const { exitCode, bodies, said } = await replay({ captured: content });
    expect({ exitCode, bodies }).toEqual({ exitCode: 65, bodies: [] });
    expect(said.at(-1)).toMatchObject({ type: 'error', code: 'input', message: 'nothing to replay' });
  });
});
