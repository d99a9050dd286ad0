import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/recording/record.js';
import { webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { startReceiver } from '../support/receiver.js';

/** A recording of a request to a receiver that is gone. */
function recording(): { cwd: string; file: string } {
  const cwd = temporaryFolder();
  const headers: [string, string][] = [['Host', '127.0.0.1:1'], ['X-Fin-Signature', 'aa']]; // prettier-ignore
  const request = { kind: 'request', id: 'r', seq: 1, receivedAt: '2026-01-18T09:08:18.663Z', complete: true } as const;
  const facts = { method: 'POST', target: '/hooks?x=1', headers, body: Buffer.from('{"a":1}') };
  writeFileSync(path.join(cwd, 'captured.ndjson'), encodeRecord({ ...request, ...facts }));
  return { cwd, file: 'captured.ndjson' };
}

const runInShell = async (line: string): Promise<void> => {
  await once(spawn('sh', ['-c', line], { stdio: 'ignore' }), 'exit');
};

describe('--url', () => {
  test.each(['curl', 'http'])('replaces the recorded host and path with --to %s', async form => {
    const { url, received } = await startReceiver();
    const { cwd, file } = recording();
    const target = new URL('/new/path?y=2', url).href;
    const { exitCode, stdout } = await webhookCli(['export', file, '--to', form, '--url', target], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/127\.0\.0\.1:1\b|\/hooks/);
    if (form === 'curl') {
      await runInShell(stdout);
      expect(received).toMatchObject([{ target: '/new/path?y=2', headers: { 'x-fin-signature': 'aa' } }]);
    } else
      expect(stdout).toMatch(new RegExp(`^POST /new/path\\?y=2 HTTP/1\\.1\r\nhost: ${new URL(url).host}\r\n`, 'i'));
  });

  test('is refused for a HAR file, and so is an address that isn’t one', async () => {
    const { cwd, file } = recording();
    const run = (to: string, url: string) => webhookCli(['export', file, '--to', to, '--url', url], { cwd });
    expect(await run('har', 'http://a/')).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('--url has no effect on a HAR file') as string,
    });
    expect(await run('curl', 'nonsense')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
