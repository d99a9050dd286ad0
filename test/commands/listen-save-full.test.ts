import { Agent } from 'node:http';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deliver, eventOf, startSaving } from '../crash/saving.js';
import { reportsIn } from '../support/cli.js';
import { approved, listening, signed, statusOf, stopped } from '../support/listening.js';

/** A file on a disk that is always full. */
function fullDisk(): string {
  if (!existsSync('/dev/full')) throw new Error('this test needs /dev/full, which Linux has, to see a full disk');
  return '/dev/full';
}

describe('on a full disk', () => {
  test('returns 503 to every request, and keeps listening', async () => {
    const { url, ...running } = await listening('--save', fullDisk());
    const statuses = [];
    for (const request of [signed(approved), signed(approved, 'other'), { method: 'PUT' }, signed('{}'), signed(approved)]) {
      statuses.push(await statusOf(url, request));
    } // prettier-ignore
    expect(statuses).toEqual([503, 503, 503, 503, 503]);
    const { exitCode, stdout, stderr } = await stopped(running);
    expect(exitCode).toBe(130);
    const warned = [...stderr.matchAll(/request (\d).*can't write to \/dev\/full: the disk is full \(ENOSPC\)/g)].map(
      ([, seq]) => seq,
    );
    expect(warned).toEqual(['1', '2', '3', '4', '5']);
    const requests = reportsIn(stdout).filter(({ type }) => type === 'request');
    expect(requests).toHaveLength(5);
    for (const request of requests) expect(request).toMatchObject({ status: 503, refusal: 'not-saved' });
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', received: 5, accepted: 0, refused: 5 });
  });

  test('doesn’t count an event as arrived', async () => {
    const { url, ...running } = await listening('--save', fullDisk(), '--count', '1', '--respond', '200');
    expect(await statusOf(url, signed(approved))).toBe(503);
    const { stdout } = await stopped(running);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', matched: 0, expected: 1 });
  });

  test('the built command responds to many requests, and ends as it should', async () => {
    const { url, child, ended } = await startSaving(fullDisk(), { flags: ['--fsync'] });
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const bodies = Array.from({ length: 50 }, (_, number) => eventOf(0, number).body);
    const statuses = await Promise.all(bodies.map(body => deliver(url, body, agent)));
    agent.destroy();
    expect(new Set(statuses)).toEqual(new Set([503]));
    child.kill('SIGTERM');
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(143);
    expect(stderr.match(/can't write to \/dev\/full: the disk is full \(ENOSPC\)/g)).toHaveLength(50);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', received: 50, refused: 50 });
  });
});
