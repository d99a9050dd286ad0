import { Agent } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeRecord } from '../../src/recording/decode.js';
import type { CaptureRecord } from '../../src/recording/record.js';
import { deliver } from '../crash/saving.js';
import { reportsIn } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { approved, listening, stopped } from '../support/listening.js';
import { startReceiver } from '../support/receiver.js';

const newFile = (): string => path.join(temporaryFolder(), 'captured.ndjson');

/** The contents of the file right now. */
const recordsIn = (file: string): { record: CaptureRecord; body: Buffer }[] =>
  readFileSync(file, 'latin1')
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const decoded = decodeRecord(Buffer.from(line, 'latin1'));
      if ('flaw' in decoded) throw new Error(JSON.stringify(decoded));
      return decoded;
    });

const send = (url: string): Promise<number> => deliver(url, approved.toString(), new Agent());

/** A file on a disk that is always full. */
function fullDisk(): string {
  if (!existsSync('/dev/full')) throw new Error('this test needs /dev/full, which Linux has, to see a full disk');
  return '/dev/full';
}

describe('--save with --forward-to', () => {
  test('has the request in the file before the application is called', async () => {
    const file = newFile();
    const seen: string[][] = [];
    const { url: to } = await startReceiver(response => {
      seen.push(recordsIn(file).map(({ record }) => `${record.kind} ${record.seq}`));
      response.end();
    });
    const { url } = await listening('--save', file, '--forward-to', to);
    expect([await send(url), await send(url)]).toEqual([200, 200]);
    expect(seen).toEqual([['request 1'], ['request 1', 'reply 1', 'request 2']]);
  });

  test('records the response separately, before the sender has it', async () => {
    const file = newFile();
    const body = Buffer.from('00ff0d0aefbbbf', 'hex');
    const { url: to } = await startReceiver(response => {
      response.writeHead(418, ['X-Odd', '1', 'set-cookie', 'canary', 'Date', 'then']).end(body);
    });
    const { url } = await listening('--save', file, '--forward-to', to);
    expect(await send(url)).toBe(418);
    const [asked, answered, ...others] = recordsIn(file);
    expect(others).toEqual([]);
    expect(asked!.record).toMatchObject({ kind: 'request', seq: 1, method: 'POST', complete: true });
    expect(asked!.body.equals(approved)).toBe(true);
    expect(answered!.record).toMatchObject({
      kind: 'reply',
      of: asked!.record.id,
      seq: 1,
      status: 418,
      complete: true,
    });
    expect(answered!.record.id).not.toBe(asked!.record.id);
    expect(answered!.body.equals(body)).toBe(true);
    expect(answered!.record.rawHeaders).toEqual(expect.arrayContaining([['X-Odd', '1'], ['set-cookie', '[redacted]']])); // prettier-ignore
    expect(readFileSync(file, 'utf8')).not.toContain('canary');
  });

  test('marks a response that was too large as incomplete', async () => {
    const file = newFile();
    const { url: to } = await startReceiver(response => response.end(Buffer.alloc(1024 ** 2 + 1, 'x')));
    const { url } = await listening('--save', file, '--forward-to', to);
    expect(await send(url)).toBe(502);
    expect(recordsIn(file).map(({ record }) => record.complete)).toEqual([true, false]);
  });

  test('keeps the request when the application is down', async () => {
    const file = newFile();
    const { url, ...running } = await listening('--save', file, '--forward-to', 'http://127.0.0.1:1/');
    expect(await send(url)).toBe(502);
    const records = recordsIn(file);
    expect(records.map(({ record }) => record.kind)).toEqual(['request']);
    expect(records[0]!.body.equals(approved)).toBe(true);
    const { stdout } = await stopped(running);
    expect(reportsIn(stdout)).toContainEqual(
      expect.objectContaining({ type: 'forward', seq: 1, status: null, failure: 'refused' }),
    );
  });

  test('returns 503 on a full disk, and the application receives nothing', async () => {
    const { url: to, received } = await startReceiver();
    const { url, ...running } = await listening('--save', fullDisk(), '--forward-to', to);
    expect([await send(url), await send(url)]).toEqual([503, 503]);
    const { stdout, stderr } = await stopped(running);
    expect(received).toEqual([]);
    expect(reportsIn(stdout).filter(({ type }) => type === 'forward')).toEqual([]);
    expect(stderr).toContain('ENOSPC');
  });
});
