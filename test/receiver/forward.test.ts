import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createForwarder, type Forwarded, type Forwarder } from '../../src/receiver/forward.js';
import { createReceiver } from '../../src/receiver/receiver.js';
import { schemes } from '../../src/scheme/schemes.js';
import type { ReceivedRequest } from '../../src/receiver/received-request.js';
import { post, rawClient, statusesIn } from '../support/raw.js';
import { startReceiver } from '../support/receiver.js';

const request: ReceivedRequest = {
  ...{ seq: 1, receivedAt: new Date('2026-01-01T00:00:00Z'), method: 'POST', target: '/own', httpVersion: '1.1' },
  ...{ headers: [['X-Kept', '1']], remote: '127.0.0.1:1', body: Buffer.from('00ff', 'hex') },
};

const never = new AbortController().signal;

function forwarderTo(url: string, timeout = 20_000): Forwarder {
  const forwarder = createForwarder({ url: new URL(url), timeout, id: 'mine', scheme: schemes.fin });
  onTestFinished(forwarder.close);
  return forwarder;
}

/** An application that does anything to a connection once it has received something. */
async function startApplication(act: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .once('data', () => {
        act(socket);
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('an application without a complete response', () => {
  test.each([
    ['hangs', () => undefined],
    ['stops in the middle of the head', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nx: ')],
    ['stops in the middle of the body', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nx')],
  ] as const)('that %s gets a 504', async (_, act) => {
    const { answer, outcome } = await forwarderTo(await startApplication(act), 200).forward(request, never);
    expect(answer).toEqual({ status: 504 });
    expect(outcome).toMatchObject({ failure: { reason: 'timeout' } });
  }); // prettier-ignore

  test.each([
    ['closes', (socket: Socket) => socket.destroy()],
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
    ['doesn’t speak HTTP', (socket: Socket) => socket.end('SSH-2.0-x\r\n')],
    ['closes in the middle of the body', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx')],
  ] as const)('that %s gets a 502', async (_, act) => {
    const { answer, outcome } = await forwarderTo(await startApplication(act)).forward(request, never);
    expect(answer).toEqual({ status: 502 });
    expect(outcome).toHaveProperty('failure');
  }); // prettier-ignore

  test('that is down gets a 502', async () => {
    const { answer, outcome } = await forwarderTo('http://127.0.0.1:1/').forward(request, never);
    expect(answer).toEqual({ status: 502 });
    expect(outcome).toMatchObject({ failure: { reason: 'refused' } });
  });
});

describe('after the receiver is closed', () => {
  test('a hanging application gives a 504, and the receiver stops waiting', async () => {
    let hang: () => void = () => undefined;
    const hanging = new Promise<void>(resolve => (hang = resolve));
    const forwarder = forwarderTo(
      await startApplication(() => {
        hang();
      }),
    );
    const outcomes: Forwarded[] = [];
    const receiver = await createReceiver({
      host: '127.0.0.1',
      port: 0,
      clock: { now: () => new Date() },
      limits: { grace: 60_000, notice: 60_000 },
      scheme: schemes.fin,
      secrets: undefined,
      forwarder,
      subscribers: [{ forwarded: ({ forwarded }) => outcomes.push(forwarded) }],
    });
    const client = await rawClient(receiver.url, post('{}'));
    await hanging;
    await receiver.close();
    expect(statusesIn(await client.ended)).toEqual([504]);
    expect(outcomes).toMatchObject([{ outcome: { failure: { reason: 'stopped' } } }]);
  });

  test('later requests are no longer forwarded', async () => {
    const { url, received } = await startReceiver();
    const { answer, outcome } = await forwarderTo(url).forward(request, AbortSignal.abort());
    expect([answer, received]).toEqual([{ status: 504 }, []]);
    expect(outcome).toMatchObject({ failure: { reason: 'stopped' } });
  });
});

test('the response is the application’s, without its hop-by-hop headers', async () => {
  const { url, received } = await startReceiver(response => {
    response.writeHead(404, ['X-Kept', '1', 'Connection', 'x-hop', 'x-hop', '2', 'Date', 'then']).end('no');
  });
  const { answer } = await forwarderTo(url).forward(request, never);
  expect(answer).toEqual({
    status: 404,
    content: { headers: [['X-Kept', '1'], ['Date', 'then']], body: Buffer.from('no') },
  }); // prettier-ignore
  expect(received.map(({ method, target, body }) => [method, target, body.toString('hex')])).toEqual([['POST', '/own', '00ff']]); // prettier-ignore
});

describe('a sender that lists headers as its connection’s own', () => {
  test('can’t have the signature removed', async () => {
    const { url, received } = await startReceiver();
    const headers = [
      ['X-Fin-Signature', 'aa'],
      ['x-fin-signature-algorithm', 'sha256'],
      ['x-private', '1'],
      ['Connection', 'X-Fin-Signature , x-fin-signature-algorithm,\tX-Private'],
    ] as const;
    await forwarderTo(url).forward({ ...request, headers }, never);
    const own = received[0]!.rawHeaders.filter(text => /^x-/i.test(text));
    expect(own).toEqual(['X-Fin-Signature', 'x-fin-signature-algorithm']);
  });
});

describe('a loop', () => {
  test('is recognised by the mark that every forwarded request carries', async () => {
    const { url, received } = await startReceiver();
    const forwarder = forwarderTo(url);
    const headers = [['Via', '1.0 elsewhere'], ['X-Kept', '1']] as const; // prettier-ignore
    expect(forwarder.isLoop({ headers })).toBe(false);
    await forwarder.forward({ ...request, headers }, never);
    const via = received[0]!.headers.via;
    expect(via).toMatch(/^1\.0 elsewhere, 1\.1 webhook-cli-mine$/);
    expect(forwarder.isLoop({ headers: [['VIA', via!]] })).toBe(true);
  });

  test('isn’t a request that passed through another receiver', () => {
    expect(forwarderTo('http://127.0.0.1:1/').isLoop({ headers: [['via', '1.1 webhook-cli-other']] })).toBe(false);
  });
});
