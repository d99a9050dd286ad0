import { writeFileSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { eventNames } from '../../src/event/catalogue.js';
import { temporaryFolder } from '../support/folder.js';
import { listeningOn, terminal } from '../support/in-words.js';
import { approved, signed, statusOf, stopped } from '../support/listening.js';
import { post, rawClient } from '../support/raw.js';

const event = JSON.parse(approved.toString()) as { event: object; data: object };
const wide = JSON.stringify({
  event: { ...event.event, type: 'customer.状態が変わりました', event_reference_id: '識別子識別子識別子' },
  data: { ...event.data, customer_status: '非常に長い状態'.repeat(14) },
});

function twoSecrets(): string {
  const file = path.join(temporaryFolder(), 'secrets');
  writeFileSync(file, 'new\nold\n', { mode: 0o600 });
  return file;
}

/** Every kind of line except problems of a body, which have no length limit. */
async function sendEverything(url: string): Promise<void> {
  await sendRequests(url);
  await sendNonsense(url);
}

async function sendRequests(url: string): Promise<void> {
  await statusOf(url, signed(approved));
  await statusOf(url, signed(approved, 'neither'));
  await statusOf(url, signed(wide, 'neither'));
  await statusOf(url, { method: 'POST', body: approved });
  await statusOf(url, { method: 'POST', body: 'nonsense' });
  await statusOf(url, { method: 'PROPPATCH', body: 'nonsense' });
  await statusOf(url, { method: 'POST', body: Buffer.alloc(5000) });
  await statusOf(`${url}/elsewhere`, { method: 'POST' });
}

async function sendNonsense(url: string): Promise<void> {
  const nonsense = ['CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n', post('', `x: ${'x'.repeat(17_000)}`), '\u0016\u0003\u0001', 'x\r\n\r\n']; // prettier-ignore
  for (const bytes of nonsense) await (await rawClient(url, bytes)).ended;
}

/** A busy machine may have no time to search for every cause, and reports that. */
const linesOf = (shown: string): string[] =>
  shown
    .trimEnd()
    .split('\n')
    .filter(line => !/^… \d+ bad/.test(line));

describe('lines', () => {
  test.each([80, 60])('fit %i columns', async columns => {
    const { stdout, shown } = terminal(columns);
    const flags = ['--path', '/', '--max-body', '4KiB'];
    const { url, ...running } = await listeningOn(stdout, ...flags);
    await sendEverything(url);
    await stopped(running);
    const lines = linesOf(shown());
    expect(lines.filter(line => stringWidth(line) > columns)).toEqual([]);
    // The fix of a bad signature is indented below its request.
    const rows = lines.filter(line => !line.startsWith(' '));
    expect(rows).toHaveLength(1 + 8 + 4 + 1);
    expect(rows.length).toBeLessThan(lines.length);
    expect(shown()).toContain('✘ mismatch  ');
    // The response is in the same column on every line.
    expect(new Set(rows.slice(1, 9).map(line => stringWidth(line.replace(/\d{3} +\d+ ms$/, '')))).size).toBe(1);
  });

  test('about requests fit 40 columns', async () => {
    const { stdout, shown } = terminal(40);
    const { url, ...running } = await listeningOn(stdout, '--path', '/', '--max-body', '4KiB');
    await sendRequests(url);
    await stopped(running);
    const lines = linesOf(shown()).slice(1);
    // On a busy machine there is one more line: a signature whose cause there was no time to search for.
    expect(lines.length).toBeGreaterThanOrEqual(8 + 2);
    expect(lines.filter(line => stringWidth(line) > 40)).toEqual([]);
  });

  test('name an unusual event even if there is no space for its id', async () => {
    const { stdout, shown } = terminal(80);
    const { url, ...running } = await listeningOn(stdout);
    const types = eventNames.filter(name => name !== 'customer.status');
    for (const type of types) await statusOf(url, signed(JSON.stringify({ ...event, event: { ...event.event, type } }), 'neither')); // prettier-ignore
    await stopped(running);
    const lines = shown().trimEnd().split('\n');
    expect(types.filter(type => !lines.some(line => line.includes(`${type}  `)))).toEqual([]);
    expect(lines.filter(line => stringWidth(line) > 80)).toEqual([]);
  });

  test('show everything if the width is unknown', async () => {
    const { stdout, shown } = terminal(80);
    delete (stdout as { isTTY?: boolean }).isTTY;
    const { url, ...running } = await listeningOn(stdout);
    await statusOf(url, signed(approved));
    await stopped(running);
    expect(shown()).toMatch(
      /^Listening on http:.*\(fin, sha256, WEBHOOK_SECRET\)\n[\d:]{8} {2}customer\.status {2}APPROVED {3}6b042125 {2}✔ signature ✔ schema {2}200 {2}\d+ ms\n1 received, 1 accepted, 0 refused \(2xx: 1\)\n$/,
    );
  });

  test('say which of several secrets matched, but not if there is only one', async () => {
    const file = twoSecrets();
    const { stdout, shown } = terminal(400);
    const { url, ...running } = await listeningOn(stdout, '--secret-file', file);
    await statusOf(url, signed(approved, 'old'));
    await statusOf(url, signed(approved, 'new'));
    await stopped(running);
    expect(shown()).toContain(`(fin, sha256, ${file} (line 1), ${file} (line 2))`);
    expect(shown()).toMatch(/✔ signature ✔ schema .*\(line 2\)\)\n.*✔ signature ✔ schema .*\(line 1\)\)/);
  });

  test('report anything that wasn’t a request', async () => {
    const { stdout, shown } = terminal(80);
    const { url, ...running } = await listeningOn(stdout);
    await (
      await rawClient(url, '\u0016\u0003\u0001\u0000')
    ).ended;
    await (
      await rawClient(url, 'x\r\n\r\n')
    ).ended;
    await stopped(running);
    expect(shown()).toMatch(/✘ an HTTPS client on this HTTP port {2}400\n.*✘ not an HTTP request {2}400\n2 received/);
  });

  test('name requests left unanswered', async () => {
    const { stdout, shown } = terminal(80);
    const { url, ...running } = await listeningOn(stdout, '--respond', 'drop');
    await statusOf(url, signed(approved)).catch(() => 0);
    await stopped(running);
    expect(shown()).toMatch(/✔ valid +drop +\d+ ms\n1 received, 1 accepted, 0 refused \(none: 1\)/);
  });
});

test('--show body lays JSON out on a terminal, and leaves it unchanged in a pipe', async () => {
  const shownOn = async (isTerminal: boolean) => {
    const { stdout, shown } = terminal(80);
    if (!isTerminal) delete (stdout as { isTTY?: boolean }).isTTY;
    const { url, ...running } = await listeningOn(stdout, '--show', 'body');
    await statusOf(url, signed('{"event":{"n":1.50}}'));
    await stopped(running);
    return shown();
  };
  expect(await shownOn(true)).toContain('\n  {\n    "event": {\n      "n": 1.50\n    }\n  }\n');
  expect(await shownOn(false)).toContain('\n  {"event":{"n":1.50}}\n');
});
