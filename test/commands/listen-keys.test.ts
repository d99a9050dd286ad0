import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { isTerminalMissing, keys, onTerminal } from '../support/pseudo-terminal.js';
import { send } from '../page/listening-page.js';
import { visit } from '../page/visitor.js';
import { startReceiver } from '../support/receiver.js';

const env = { WEBHOOK_SECRET: 'test_secret' };
/** The terminal's settings afterwards: lines are edited, Ctrl-C is a signal, and letters are shown. */
const after = 'code=$?; stty -a | grep -oE -- "-?(icanon|isig|echo)\\b" | paste -sd" "; exit $code';
const sane = 'isig icanon echo';

describe.skipIf(isTerminalMissing)('keys on a terminal (needs script from util-linux)', () => {
  let cwd = '';
  beforeEach(() => {
    cwd = temporaryFolder();
  });

  const listenWith = (...flags: string[]) =>
    onTerminal(['listen', '--port', '0', '--ready-file', 'url', ...flags], { cwd, env, after });
  const url = () => readFileSync(path.join(cwd, 'url'), 'utf8').trim();

  test('show the last request in full, forward it again, serve the page, and quit', async () => {
    const { url: to, received } = await startReceiver((response, { body }) => response.writeHead(202).end(`<${body.length}>`)); // prettier-ignore
    const { answer, ended } = listenWith('--forward-to', to);
    await answer('keys: d details, f forward again, w page, q quit', 'd');
    await answer('no request yet', 'f');
    await answer('nothing has been forwarded yet', 'x');
    expect(await send(url(), '{"event":{"id":"one"}}', env.WEBHOOK_SECRET)).toBe(202);
    await answer('  202 ', 'd');
    // The details end with the response, in full.
    await answer(/ {6}"id": "one"\r\n[^]* {2}<22>\r\n/, 'f');
    await answer(`→ ${to}  202`, 'w');
    await answer('The page is at http://127.0.0.1:', '?');
    await answer('keys: d details', 'q');
    const { exitCode, screen } = await ended;
    expect({ exitCode, received: received.length }).toEqual({ exitCode: 0, received: 2 });
    expect(received[1]?.body).toEqual(received[0]?.body);
    expect(screen).toContain('  <22>\r\n');
    expect(screen).toContain(`1 received, 0 accepted, 1 refused (2xx: 1)\r\n${sane}`);
    expect(existsSync(path.join(cwd, 'url'))).toBe(false);
  });

  test('a page started later shows requests from then on', async () => {
    const { answer, ended } = listenWith();
    await answer('keys: d details, w page, q quit', '?');
    await send(url());
    await answer('  401 ', 'w');
    const link = await answer(/The page is at (http:\S+#\S+)\r\n/, '?');
    await answer('keys: ', '?');
    await send(url());
    const visitor = await visit(link);
    await expect
      .poll(async () => (await visitor.get('/api/requests')).json())
      .toMatchObject({ requests: [{ index: 2, verdict: { reason: 'signature-mismatch' } }] });
    await answer('  401 ', 'q');
    expect((await ended).exitCode).toBe(0);
  });

  test('Ctrl-C still stops it and restores the terminal', async () => {
    const { answer, ended } = listenWith();
    await answer('keys: ', keys.interrupt);
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(130);
    expect(screen).toContain(sane);
  });

  test.each([
    ['an expectation that isn’t met', ['--count', '1', '--timeout', '0.2s'], 1],
    ['a file that can’t be created', ['--save', '/dev/null/x'], 74],
  ])('%s restores the terminal, too', async (_, flags, expected) => {
    const { ended } = listenWith(...flags);
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(expected);
    expect(screen).toContain(sane);
  });

  test.each([['--json'], ['--quiet']])('%s has no keys', async flag => {
    const { ended } = listenWith('--timeout', '0.2s', flag);
    expect((await ended).screen).not.toContain('keys:');
  });

  test('quitting before the expected event is a failure', async () => {
    const { answer, ended } = listenWith('--count', '1');
    await answer('keys: ', 'q');
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(1);
    expect(screen).toContain('missing: 1 of 1 verified event');
  });
});
