import { readFileSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { reportsIn, startCli, webhookCli } from '../support/cli.js';
import { temporaryFolder } from '../support/folder.js';
import { terminal } from '../support/in-words.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: '4f0c9a71d3', NO_COLOR: '1' };
const load = (url: string, count: number, ...flags: string[]) => ['send', '-f', 'approved', '--count', String(count), '--url', url, ...flags]; // prettier-ignore

describe('a load ends with a distribution of its times:', () => {
  test('in reports, with every response in one row and every request in one second', async () => {
    const { url } = await startReceiver();
    const { stdout } = await webhookCli(load(url, 40, '--json'), { env });
    const { latencies, bySecond } = reportsIn(stdout).at(-1) as { latencies: { count: number }[]; bySecond: number[] };
    const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
    expect(sum(latencies.map(({ count }) => count))).toBe(40);
    expect(sum(bySecond)).toBe(40);
  });

  test.each([80, 40])('in rows that fit %i columns', async columns => {
    const { url } = await startReceiver();
    const { stdout, shown } = terminal(columns);
    expect((await startCli(load(url, 40), { env, stdout }).ended).exitCode).toBe(0);
    const rows = shown().split('\n').filter(line => / to .* ms {2}/.test(line)); // prettier-ignore
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.length).toBeLessThanOrEqual(10);
    expect(rows.filter(row => stringWidth(row) > columns)).toEqual([]);
  });

  test('not for just a few', async () => {
    const { url } = await startReceiver();
    expect((await webhookCli(load(url, 19), { env })).stdout).not.toMatch(/ to .* ms/);
  });
});

test('the page of a load has its figures and statuses, but no query', async () => {
  const cwd = temporaryFolder();
  let requests = 0;
  const { url } = await startReceiver(response => response.writeHead(++requests % 4 === 0 ? 500 : 200).end());
  const { exitCode } = await webhookCli(load(`${url}?token=in-the-query`, 20, '--report', 'html=a.html'), { env, cwd });
  expect(exitCode).toBe(1);
  const html = readFileSync(path.join(cwd, 'a.html'), 'utf8');
  expect(html).toContain('15 of 20 as expected');
  expect(html).toContain('Response time');
  expect(html).toContain('id="failure-500"');
  expect(html).not.toContain('in-the-query');
});

test.each([
  [['--report', 'html'], 'a file'],
  [['--report', 'html=missing/a.html'], 'missing/a.html'],
  [['--report', 'junit=a.xml'], 'junit'],
])('%j is refused, and nothing is sent', async (flags, words) => {
  let requests = 0;
  const { url } = await startReceiver(response => {
    requests += 1;
    response.end();
  });
  const { exitCode, stderr } = await webhookCli(load(url, 20, ...flags), { env });
  expect([2, 74]).toContain(exitCode);
  expect(stderr).toContain(words);
  expect(requests).toBe(0);
});

test('a report without a load is refused', async () => {
  const { exitCode, stderr } = await webhookCli(['send', '-f', 'approved', '--report', 'html=a.html'], { env });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--report needs --count');
});
