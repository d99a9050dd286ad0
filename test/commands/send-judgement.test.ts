import { describe, expect, test } from 'vitest';
import { startServer } from '../sender/attempt.js';
import { reportsIn, webhookCli } from '../support/cli.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

const send = (url: string, ...flags: string[]) =>
  webhookCli(['send', '-f', 'approved', '--url', url, ...flags], { env });

/** A receiver that gives this response. */
const answering = (body: string | Buffer, headers: Record<string, string | string[]> = {}, status = 200) =>
  startReceiver(response => response.writeHead(status, headers).end(body));

describe('a response is checked by', () => {
  test.each<[flags: string[], exitCode: number, words: string]>([
    [['--expect-header', 'x-kind: good'], 0, ''],
    [['--expect-header', 'X-KIND:good'], 0, ''],
    [['--expect-header', 'x-kind: bad'], 1, '  ✘ header: expected x-kind: bad, got good'],
    [['--expect-header', 'x-none: 1'], 1, '  ✘ header: expected x-none: 1, got no x-none'],
    [['--expect-header', 'x-kind: good', '--expect-header', 'x-none: 1'], 1, 'got no x-none'],
    [['--expect-header', 'transfer-encoding: chunked'], 0, ''],
    [['--expect-body', '"ok":true'], 0, ''],
    [['--expect-body', '/"OK":\\s*true/i'], 0, ''],
    [['--expect-body', 'no such text'], 1, '  ✘ body: expected no such text, got 11 bytes without it'],
    [['--expect-body', '/^ok/'], 1, '  ✘ body: expected /^ok/, got 11 bytes without it'],
    [['--max-time', '1h'], 0, ''],
    [['--expect-status', '401', '--expect-body', 'x'], 1, 'expected 401'],
  ])('%j: %i %s', async (flags, exitCode, words) => {
    const { url } = await answering('{"ok":true}', { 'x-kind': 'good' });
    const run = await send(url, ...flags);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stdout).toContain(words);
    expect(run.stdout.includes('✘')).toBe(/ ✘ |401/.test(words) || words.includes('got'));
  });

  test('--max-time: a slower response is unexpected', async () => {
    const { url } = await startReceiver(response => {
      setTimeout(() => response.end('late'), 30);
    });
    const { exitCode, stdout } = await send(url, '--max-time', '1ms');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/\n {2}✘ time: expected at most 1 ms, got \d+ ms\n$/);
  });

  test('--expect-body: an expression that never ends is stopped and reported', async () => {
    const { url } = await answering(`${'a'.repeat(60)}!`);
    const { exitCode, stdout } = await send(url, '--expect-body', '/(a+)+$/');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('  ✘ body: expected /(a+)+$/, got no result: the expression took longer than 1 s\n');
  });

  test('all at once, and --json reports each unmet expectation', async () => {
    const { url } = await answering('no', {}, 500);
    const flags = ['--expect-header', 'x: 1', '--expect-body', 'ok', '--expect-status', '2xx,401'];
    const { exitCode, stdout } = await send(url, ...flags, '--json');
    expect(exitCode).toBe(1);
    expect(reportsIn(stdout)[1]).toMatchObject({
      isExpected: false,
      unmet: [
        { what: 'status', expected: '2xx,401', got: '500' },
        { what: 'header', expected: 'x: 1', got: 'no x' },
        { what: 'body', expected: 'ok', got: '2 bytes without it' },
      ],
    });
  });

  test('an unexpected response with the right status has no hint', async () => {
    const { url } = await answering('no');
    const { stdout } = await send(url, '--expect-body', 'ok');
    expect(stdout).not.toContain('hint:');
  });
});

describe('invalid input gives exit code 2:', () => {
  test.each([
    [['--expect-body', '/(/'], "--expect-body: /(/ isn't a regular expression"],
    [['--expect-body', ''], '--expect-body: the value is empty'],
    [['--expect-header', 'x'], '--expect-header: a header is a name, a colon and a value'],
    [['--max-time', '5'], '--max-time: "5" isn\'t a duration'],
    [['--show', 'cookies'], '--show: unknown part "cookies"'],
  ])('%j', async (flags, words) => {
    const { url, received } = await answering('ok');
    const { exitCode, stdout, stderr } = await send(url, ...flags);
    expect({ exitCode, stdout, received }).toEqual({ exitCode: 2, stdout: '', received: [] });
    expect(stderr.replace('--show: ', '')).toContain(words.replace('--show: ', ''));
  });
});

describe('--show', () => {
  const secretive = { 'set-cookie': ['session=hunter2', 'b=hunter2'], 'x-kind': 'good', authorization: 'hunter2' };

  test('headers shows them as they were sent, except credentials', async () => {
    const { url } = await answering('{}', secretive);
    const { stdout } = await send(url, '--show', 'headers');
    expect(stdout).toContain('\n  set-cookie: [redacted]\n  set-cookie: [redacted]\n  x-kind: good\n');
    expect(stdout).toContain('  authorization: [redacted]\n');
    expect(stdout).not.toContain('hunter2');
  });

  test('body shows it line by line', async () => {
    const { url } = await answering('one\ntwo é', {}, 401);
    const { stdout } = await send(url, '--show', 'body');
    expect(stdout).toMatch(/\n {2}one\n {2}two é\n$/);
  });

  test('shows nothing by default', async () => {
    const { url } = await answering('canary', { 'x-canary': '1' });
    for (const flags of [[], ['--json']]) expect((await send(url, ...flags)).stdout).not.toContain('canary');
  });

  test('headers,body in --json keeps the exact bytes', async () => {
    const body = Buffer.from('00ff0d0a1b', 'hex');
    const { url } = await answering(body, secretive);
    const { stdout } = await send(url, '--show', 'headers,body', '--json');
    const [, reply] = reportsIn(stdout);
    expect(reply).toMatchObject({ bodyBase64: body.toString('base64') });
    expect(reply?.['headers']).toEqual(expect.arrayContaining([['set-cookie', '[redacted]'], ['x-kind', 'good']])); // prettier-ignore
  });

  test('redacts the expected value of a header, too', async () => {
    const { url } = await answering('{}', secretive);
    const { stdout } = await send(url, '--expect-header', 'set-cookie: other');
    expect(stdout).toContain('expected set-cookie: other, got [redacted], [redacted]');
  });
});

describe('a hostile response', () => {
  const evil = '\u001b[2J\u001b]0;pwned\u0007\u009b31m\u202e\u200b\u0008\r::error::pwned ##[command]';
  // Everything that a terminal would act on, except our own line breaks.
  const isHarmless = (text: string) =>
    !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/.test(text) && !/::error|##\[/.test(text);

  test.each([[[]], [['--json']], [['--show', 'headers,body']], [['--show', 'headers,body', '--json']]])(
    'is never printed raw with %j',
    async flags => {
      const { url } = await startReceiver(response => {
        response
          .writeHead(401, { 'x-evil': '::error::pwned\t##[command]', location: '::error::x' })
          .end(`${evil}\n${evil}`);
      });
      const { exitCode, stdout, stderr } = await send(url, ...flags);
      expect(exitCode).toBe(1);
      expect(isHarmless(stdout)).toBe(true);
      expect(isHarmless(stderr)).toBe(true);
    },
  );

  test.each([
    ['status text', 'HTTP/1.1 401 ::error::pwned \u009b31m\u00ff\r\ncontent-length: 0\r\n\r\n'],
    ['status text with an ESC', 'HTTP/1.1 401 \u001b[2Jx\r\ncontent-length: 0\r\n\r\n'],
    ['header value', 'HTTP/1.1 401 No\r\nx: \u009b31m\u0080 ::error::\r\ncontent-length: 0\r\n\r\n'],
    ['location', 'HTTP/1.1 307 Go\r\nlocation: http://x/\u009b::error::\r\ncontent-length: 0\r\n\r\n'],
    ['protocol', '\u001b[2J::error::pwned\r\n\r\n'],
  ])('is never printed raw with its %s', async (_, words) => {
    const { url } = await startServer(socket => socket.end(words, 'latin1'));
    for (const flags of [['--show', 'headers'], ['--json'], ['--debug']]) {
      const { exitCode, stdout, stderr } = await send(url, ...flags);
      expect([1, 69]).toContain(exitCode);
      expect(isHarmless(stdout)).toBe(true);
      expect(isHarmless(stderr)).toBe(true);
    }
  });
});

describe('a hint', () => {
  test.each([
    [401, {}, 'same secret'],
    [404, {}, 'nothing was found at /hook'],
    [405, {}, 'POST is not allowed at /hook'],
    [413, {}, 'below 622 bytes'],
    [307, { location: 'https://example.com/new' }, 'it redirects to https://example.com/new'],
    [302, {}, 'it redirects without a location, and redirects are never followed'],
    [304, {}, 'is there a cache in front of the receiver?'],
    [429, {}, 'slow down'],
    [500, {}, 'the receiver failed'],
    [501, {}, 'is this the receiver?'],
  ])('after %i says what may help', async (status, headers, words) => {
    const { url } = await answering('', headers, status);
    expect((await send(`${url}hook`)).stdout).toMatch(new RegExp(`\n {2}hint: .*${words.replaceAll('?', '\\?')}`));
  });

  test('names the exact path', async () => {
    const { url } = await answering('', {}, 404);
    expect((await send(`${url}$&/$1/{bytes}`)).stdout).toContain('at /$&/$1/%7Bbytes%7D\n');
  });

  test('appears once, however often the same response comes', async () => {
    const { url } = await answering('', {}, 401);
    const { stdout } = await webhookCli(['send', '-s', 'QUEUED,REVIEWING,APPROVED', '--url', url], { env });
    expect(stdout.match(/hint:/g)).toHaveLength(1);
    expect(stdout.match(/← 401/g)).toHaveLength(3);
  });

  test('doesn’t appear if a refusal was expected, and does if the expected one is missing', async () => {
    const refusing = await answering('', {}, 401);
    expect((await send(refusing.url, '--expect-status', '401')).stdout).not.toContain('hint');
    const accepting = await answering('');
    expect((await send(accepting.url, '--expect-status', '401')).stdout).toContain('does it verify signatures at all?');
  });
});
