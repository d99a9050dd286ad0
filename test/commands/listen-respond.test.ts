import { describe, expect, test } from 'vitest';
import { reportsIn, webhookCli } from '../support/cli.js';
import { approved, env, listening, signatureOf, signed, statusOf, stopped } from '../support/listening.js';
import { rawClient, statusesIn } from '../support/raw.js';

const answer = (url: string, secret?: string): Promise<number | 'none'> =>
  statusOf(url, signed(approved, secret)).catch(() => 'none');

const signature = signatureOf(approved)['x-fin-signature'];
const head = `POST / HTTP/1.1\r\nhost: x\r\nx-fin-signature: ${signature}\r\ncontent-length: ${approved.length}\r\nexpect: 100-continue\r\n\r\n`;

/** A client whose request is in flight, with all headers read. */
const clientInFlight = async (url: string) => {
  const client = await rawClient(url, head);
  await client.says(/100 Continue/);
  return client;
};

describe('--respond', () => {
  test('is for verified events only, in order; the last response repeats', async () => {
    const { url, ...running } = await listening('--respond', '500,drop,200');
    const answers = [];
    for (const secret of ['test_secret', 'other', 'test_secret', 'other', 'test_secret', 'test_secret']) {
      answers.push(await answer(url, secret));
    }
    expect(await statusOf(url, { method: 'PUT' })).toBe(405);
    expect(answers).toEqual([500, 401, 'none', 401, 200, 200]);
    const reports = reportsIn((await stopped(running)).stdout);
    const requests = reports.filter(({ type }) => type === 'request');
    expect(requests.map(({ status, unanswered }) => unanswered ?? status)).toEqual([500, 401, 'drop', 401, 200, 200, 405]); // prettier-ignore
    expect(requests[2]).toMatchObject({ status: null, signature: { valid: true }, schema: { valid: true } });
    expect(reports.at(-1)).toMatchObject({ received: 7, accepted: 4, refused: 3 });
  });

  test('dropping sends no byte of a response', async () => {
    const { url } = await listening('--respond', 'drop');
    const { socket, ended } = await clientInFlight(url);
    socket.write(approved);
    expect(statusesIn(await ended)).toEqual([100]);
  });

  test('hanging leaves the client without a response until the listener stops', async () => {
    const { url, ...running } = await listening('--respond', 'hang,202');
    const hanging = await clientInFlight(url);
    hanging.socket.write(approved);
    // When the second request is being handled, the first one has been, too.
    await expect.poll(() => hanging.socket.bytesWritten).toBe(head.length + approved.length);
    expect(await answer(url, 'other')).toBe(401);
    expect(hanging.socket.closed).toBe(false);
    const { exitCode, stdout } = await stopped(running);
    expect(exitCode).toBe(130);
    expect(statusesIn(await hanging.ended)).toEqual([100]);
    const hung = { type: 'request', status: null, unanswered: 'hang' };
    expect(reportsIn(stdout)).toContainEqual(expect.objectContaining(hung));
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'summary', received: 2 });
  });

  test('counts requests refused on purpose as expected', async () => {
    const { url, ended } = await listening('--respond', '500,drop', '--count', '2');
    expect([await answer(url), await answer(url)]).toEqual([500, 'none']);
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ accepted: 2, matched: 2, expected: 2 });
  });

  test.each([204, 304])('%i has no body', async status => {
    const { url } = await listening('--respond', String(status));
    const response = await fetch(url, signed(approved));
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  test.each(['99', '600', '100', '2xx', 'dropped', '200,,500', ''])('"%s" isn’t a list of responses', async list => {
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', '--respond', list], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--respond');
  });
});

describe('--respond-delay', () => {
  test('delays the response to a verified event', async () => {
    const { url } = await listening('--respond-delay', '1ms', '--respond', '500,200');
    expect([await answer(url), await answer(url)]).toEqual([500, 200]);
  });

  test('delays neither a refusal nor the end of the listener', async () => {
    const { url, ...running } = await listening('--respond-delay', '1h', '--respond', '503');
    const { socket, ended } = await clientInFlight(url);
    socket.write(approved);
    expect(await answer(url, 'other')).toBe(401);
    const { stdout } = await stopped(running);
    expect(statusesIn(await ended)).toEqual([100, 503]);
    expect(reportsIn(stdout).at(-1)).toMatchObject({ accepted: 1, refused: 1 });
  });
});

describe('--max-body', () => {
  test('sets the largest body that is read', async () => {
    const { url, ...running } = await listening('--max-body', String(approved.length));
    expect(await answer(url)).toBe(200);
    expect(await statusOf(url, signed(Buffer.concat([approved, Buffer.from(' ')])))).toBe(413);
    const [, , refused] = reportsIn((await stopped(running)).stdout);
    expect(refused).toMatchObject({ status: 413, refusal: 'body-too-large', bytes: 0, signature: null, schema: null });
  });

  test('may be larger than the default', async () => {
    const { url } = await listening('--max-body', '2MiB');
    expect(await statusOf(url, signed(Buffer.alloc(2 * 1024 ** 2, ' ')))).toBe(400);
    expect(await statusOf(url, signed(Buffer.alloc(2 * 1024 ** 2 + 1, ' ')))).toBe(413);
  });

  test.each(['0', '65MiB', '1GB', 'x', '-1', '1.5KiB'])('%s is not a size', async size => {
    const { exitCode, stderr } = await webhookCli(['listen', '--port', '0', `--max-body=${size}`], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--max-body: "${size}" isn't a size`);
  });
});
