import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportsIn, root, webhookCli } from '../support/cli.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };

describe('the response', () => {
  test.each([
    [200, [], 0],
    [204, [], 0],
    [302, [], 1],
    [400, [], 1],
    [401, [], 1],
    [500, [], 1],
    [401, ['--expect-status', '401'], 0],
    [200, ['--expect-status', '401'], 1],
    [204, ['--expect-status', '200,204'], 0],
    [503, ['--expect-status', '4xx,503'], 0],
  ])('%i with %j ends with %i', async (status, flags, expected) => {
    const { url, received } = await startReceiver(response => response.writeHead(status).end());
    const { exitCode, stdout } = await webhookCli(['send', '-f', 'approved', '--url', url, ...flags], { env });
    expect(exitCode).toBe(expected);
    expect(stdout.includes('expected')).toBe(expected === 1);
    expect(received).toHaveLength(1);
  });

  test('a redirect is never followed', async () => {
    const elsewhere = await startReceiver();
    const { url } = await startReceiver(response => response.writeHead(307, { location: elsewhere.url }).end());
    expect(await webhookCli(['send', '-f', 'approved', '--url', url], { env })).toMatchObject({ exitCode: 1 });
    expect(elsewhere.received).toEqual([]);
  });

  test('a connection refused gives exit code 69, with what to do', async () => {
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', 'http://127.0.0.1:1/'], { env });
    expect(exitCode).toBe(69);
    expect(stderr).toBe(
      'error: nothing is listening on http://127.0.0.1:1\nhint: is the receiver running, and on this port? if it only listens on IPv4 or IPv6, write localhost\n',
    );
  });

  test('a receiver that hangs gives exit code 69 within the deadline', async () => {
    const { url } = await startReceiver(() => undefined);
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', url, '--timeout', '150ms'], {
      env,
    });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('within 150 ms');
  });

  test('one bad file among several gives exit code 65, and the others are sent', async () => {
    const { url, received } = await startReceiver();
    const good = path.join(root, 'fixtures/events/approved.json');
    const { exitCode, stdout, stderr } = await webhookCli(['send', good, 'missing.json', good, '--url', url], { env });
    expect(exitCode).toBe(65);
    expect(received).toHaveLength(2);
    expect(stderr).toContain("error: can't read missing.json: no such file or folder (ENOENT)");
    expect(stdout).toContain('✘ 2 of 3 as expected, 1 failed');
  });

  test('an interrupt lets requests in flight finish, starts no others and reports what was sent', async () => {
    let interrupt: () => void = () => undefined;
    const { url, received } = await startReceiver(response => {
      interrupt();
      response.writeHead(200).end();
    });
    const onInterrupt = (stop: (signal: 'SIGINT' | 'SIGTERM') => void) => {
      interrupt = () => {
        stop('SIGTERM');
      };
    };
    const { exitCode, stdout } = await webhookCli(['send', '-s', 'QUEUED,APPROVED', '--url', url, '--json'], {
      env,
      onInterrupt,
    });
    expect(exitCode).toBe(143);
    expect(received).toHaveLength(1);
    expect(reportsIn(stdout).at(-1)).toEqual({ type: 'summary', asked: 2, expected: 1, unexpected: 0, failed: 0 });
  });

  test('--json reports the same as objects', async () => {
    const { url } = await startReceiver(response => response.writeHead(401).end());
    const { stdout } = await webhookCli(['send', '-f', 'approved', '--url', url, '--json'], { env });
    expect(reportsIn(stdout)).toEqual([
      {
        type: 'sent',
        seq: 1,
        source: 'approved',
        event: {
          type: 'customer.status',
          id: '017995f9-68ba-4415-ba3c-14c3a8e41bce',
          referenceId: '6b042125-686a-43e0-8a68-23cf5bee102e',
          status: 'APPROVED',
        },
        method: 'POST',
        url,
        bytes: 622,
        algorithm: 'sha256',
      },
      {
        ...{ type: 'reply', seq: 1, attempt: 1, status: 401, statusText: 'Unauthorized', isExpected: false },
        milliseconds: expect.any(Number) as number,
        unmet: [{ what: 'status', expected: '2xx', got: '401' }],
        hint: 'do both sides have the same secret (webhook-cli secret)? does it verify the raw body, before any parser?',
      },
    ]);
  });
});

describe('invalid input gives exit code 2, and nothing is sent', () => {
  const target = 'http://127.0.0.1:1/';
  test.each([
    [['send'], 'nothing to send'],
    [['send', '--status', 'QUEUED', '--fixture', 'approved'], 'given together'],
    [['send', '--status', 'QUEUEDD'], 'did you mean "QUEUED"?'],
    [['send', '--status', 'NO_SUCH'], 'documented: QUEUED, PROCESSING'],
    [['send', '--fixture', 'aproved'], 'did you mean "approved"?'],
    [['send', 'body.json', '--customer', 'x'], "--customer doesn't apply to files"],
    [['send', '-', '-'], 'standard input was given twice'],
    [['send', '-', '--secret-file', '-'], 'standard input was given twice'],
    [['send', '-f', 'approved', '--type', 'BUSINESS'], "--type doesn't apply to fixtures"],
    [['send', '-f', 'approved', '-H', 'X-Fin-Signature: 00'], 'add --unsigned'],
    [['send', '-f', 'approved', '-H', 'x: a\r\nb: c'], 'line break'],
    [['send', '-f', 'approved', '-H', 'content-length: 3'], 'set by the HTTP client'],
    [['send', '-f', 'approved', '--url', 'localhost:3000'], 'missing http://'],
    [['send', '-f', 'approved', '--url', 'ftp://localhost/'], 'neither http:// nor https://'],
    [['send', '-f', 'approved', '--algorithm', 'md5'], 'one of sha256, sha384, sha512'],
  ])('%j', async (line, words) => {
    const { exitCode, stdout, stderr } = await webhookCli(line, { env: { ...env, WEBHOOK_URL: target } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  test('a password in a URL is refused without being shown', async () => {
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', 'http://me:hunter2@localhost/'], {
      env,
    });
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('hunter2');
  });

  test('a remote receiver without a secret', async () => {
    const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--url', 'https://example.com/x']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no signing secret for https://example.com');
  });
});
