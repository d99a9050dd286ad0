import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../../src/sender/http-client.js';
import { startReceiver } from '../support/receiver.js';
import { attemptAt, failureAt, replyFrom, startServer } from './attempt.js';

type Talk = (socket: Socket) => void;

/** Sends `head`, then a piece now and then, and never ends. */
const dripping =
  (head: string, piece = '.'): Talk =>
  socket => {
    socket.write(head);
    const timer = setInterval(() => socket.write(piece), 20);
    socket.once('close', () => {
      clearInterval(timer);
    });
  };

/** Sends without a pause until the connection is closed. */
const flooding =
  (head: string): Talk =>
  socket => {
    socket.write(head);
    const more = () => {
      if (!socket.destroyed) socket.write(Buffer.alloc(65_536, 'x'), more);
    };
    more();
  };

const saying =
  (...texts: string[]): Talk =>
  socket => {
    for (const text of texts) socket.write(text, 'latin1');
  };

const ending =
  (text: string): Talk =>
  socket =>
    socket.end(text, 'latin1');

test.each<[string, Talk]>([
  ['drips within the status line', dripping('HTTP/1.1 200 ')],
  ['drips within the headers', dripping('HTTP/1.1 200 OK\r\nx: ')],
  ['drips header after header', dripping('HTTP/1.1 200 OK\r\n', 'x: 1\r\n')],
  ['drips within the body', dripping('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')],
  ['drips chunk after chunk', dripping('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n.\r\n')],
  ['drips within a chunk', dripping('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n')],
  ['promises more than it sends', saying('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf')],
  ['sends interim responses, again and again', dripping('', 'HTTP/1.1 102 Processing\r\n\r\n')],
  ['says nothing', () => undefined],
])('a response that %s times out at the deadline', async (_, talk) => {
  const { url } = await startServer(talk);
  expect(await failureAt(url, { timeout: 200 })).toMatchObject({ reason: 'timeout' });
});

test.each<[string, Talk]>([
  ['words', saying('hello there\r\n')],
  ['a status of zeros', saying('HTTP/1.1 000 X\r\ncontent-length: 0\r\n\r\n')],
  ['a status below 100', saying('HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n')],
  ['HTTP/2', saying('\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000')],
  ['a request', saying('GET / HTTP/1.1\r\nhost: x\r\n\r\n')],
  ['lines that end on a lone CR', saying('HTTP/1.1 200 OK\rcontent-length: 0\r\r')],
  [
    'a length and chunks',
    saying('HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
  ],
  ['a length that isn’t a number', saying('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n')],
  ['a negative length', saying('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n')],
  ['a length beyond any number', saying(`HTTP/1.1 200 OK\r\ncontent-length: ${'9'.repeat(40)}\r\n\r\n`)],
  ['a chunk whose size isn’t a number', saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n')],
  ['a chunk that is longer than its size', saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n')], // prettier-ignore
  ['a status of two digits', saying('HTTP/1.1 50 Odd\r\n\r\n')],
  ['a status of four digits', saying('HTTP/1.1 1000 Odd\r\n\r\n')],
  ['a NUL in a header', saying('HTTP/1.1 200 OK\r\nx: a\u0000b\r\n\r\n')],
  ['a header of 200,000 bytes', saying(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(200_000)}\r\n\r\n`)],
  ['headers without end', flooding('HTTP/1.1 200 OK\r\nx: ')],
  ['10,000 headers', saying(`HTTP/1.1 200 OK\r\n${'x: 1\r\n'.repeat(10_000)}\r\n`)],
])('a response with %s isn’t HTTP', async (_, talk) => {
  const { url } = await startServer(talk);
  expect(await failureAt(url)).toMatchObject({ reason: 'not-http' });
});

test.each<[string, Talk]>([
  ['within a body of a known length', ending('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')],
  ['within a chunk', ending('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nha')],
  ['before the last chunk', ending('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nha\r\n')],
  ['after an interim response', ending('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n')],
  ['within the headers', ending('HTTP/1.1 500 Oops\r\nx: ')],
])('a response that is closed %s is incomplete', async (_, talk) => {
  const { url } = await startServer(talk);
  expect(await failureAt(url)).toMatchObject({ reason: 'reset' });
});

describe('the status counts', () => {
  test.each<[number, string, Talk, body: string]>([
    [200, 'of a body without a length, once it is closed', ending('HTTP/1.1 200 OK\r\n\r\nwhole'), 'whole'],
    [200, 'of a body that is longer than its length', ending('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nhalf and more'), 'half'], // prettier-ignore
    [500, 'of HTTP/1.0', ending('HTTP/1.0 500 Oops\r\n\r\nwhole'), 'whole'],
    [401, 'after 102 and 103', saying('HTTP/1.1 102 Processing\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', 'HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n'), ''], // prettier-ignore
    [200, 'after an unsolicited 100', saying('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'), 'ok'], // prettier-ignore
    [200, 'after 200 interim responses of each kind', ending(`${['100 Continue', '102 Processing', '103 Early Hints', '199 Odd'].map(line => `HTTP/1.1 ${line}\r\nlink: </x>\r\n\r\n`).join('').repeat(200)}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`), 'ok'], // prettier-ignore
    [204, 'with a forbidden body', ending('HTTP/1.1 204 No Content\r\n\r\nbody'), ''],
    [204, 'with forbidden chunks', ending('HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n'), ''], // prettier-ignore
    [999, 'although it is undefined', ending('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'), ''],
    [600, 'although it is out of range', ending('HTTP/1.1 600 Odd\r\ncontent-length: 0\r\n\r\n'), ''],
    [200, 'without status text', ending('HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n'), ''],
    [200, 'with a body that only claims to be compressed', ending('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nno\u001f\u008b'), 'no\u001f\u008b'], // prettier-ignore
    [200, 'with chunk extensions and a trailer', ending('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nx: 1\r\n\r\n'), 'ok'], // prettier-ignore
    [307, 'with a redirect to nowhere', ending('HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'), ''], // prettier-ignore
    [503, 'with 900 headers', ending(`HTTP/1.1 503 Busy\r\n${'x: 1\r\n'.repeat(900)}content-length: 0\r\n\r\n`), ''],
  ])('%i %s', async (...[status, , talk, body]) => {
    const { url } = await startServer(talk);
    const reply = await replyFrom(url);
    expect([reply.status, Buffer.from(reply.body).toString('latin1')]).toEqual([status, body]);
  });

  test('headers and status text are kept unchanged, whatever the bytes', async () => {
    const { url } = await startServer(ending('HTTP/1.1 200 \u001b[2J\u00ff\r\nx-\u0024: \u001b]0;\u0007\u009b\r\ncontent-length: 0\r\n\r\n')); // prettier-ignore
    const attempt = await attemptAt(url);
    // Whether such a response counts as HTTP is up to the parser, but it must end cleanly.
    expect('reply' in attempt ? attempt.reply.status : attempt.failure.reason).toMatch(/^(?:200|not-http)$/);
  });

  test.each<[string, Talk]>([
    ['of 20 MB', socket => socket.end(Buffer.concat([Buffer.from('HTTP/1.1 202 OK\r\ncontent-length: 20000000\r\n\r\n'), Buffer.alloc(20_000_000)]))], // prettier-ignore
    ['without end', flooding('HTTP/1.1 202 OK\r\n\r\n')],
    ['that claims to be of 2 GB', flooding('HTTP/1.1 202 OK\r\ncontent-length: 2147483648\r\n\r\n')],
  ])('a body %s is cut after a MiB, and the connection closed', async (_, talk) => {
    const closed: Promise<void>[] = [];
    const { url } = await startServer(socket => {
      closed.push(new Promise(resolve => socket.once('close', resolve)));
      talk(socket);
    });
    const reply = await replyFrom(url);
    expect([reply.status, reply.isBodyCut, reply.body.length]).toEqual([202, true, 1024 * 1024]);
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
  });
});

test('a 100 that arrives byte by byte is skipped, on a reused connection, too', async () => {
  let connections = 0;
  const server = createServer(socket => {
    connections += 1;
    const said = Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\nHTTP/1.1 100');
    const say = (index: number): void => {
      if (index < said.length) socket.write(said.subarray(index, index + 1), () => setImmediate(say, index + 1));
    };
    socket.setNoDelay().on('data', () => {
      say(0);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createHttpClient({ timeout: 10_000 });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  for (let round = 1; round <= 3; round += 1) {
    const attempt = await client.deliver({ method: 'POST', url, headers: [], body: Buffer.from('{}') });
    expect('reply' in attempt && [attempt.reply.status, Buffer.from(attempt.reply.body).toString()]).toEqual([
      200,
      'HTTP/1.1 100',
    ]);
  }
  expect(connections).toBe(1);
});

test.each([301, 302, 303, 307, 308])('a redirect with %i is reported and never followed', async status => {
  const other = await startReceiver();
  const { url } = await startServer(ending(`HTTP/1.1 ${status} Go\r\nlocation: ${other.url}\r\nrefresh: 0; url=${other.url}\r\ncontent-length: 0\r\n\r\n`)); // prettier-ignore
  expect(await replyFrom(url)).toMatchObject({ status });
  expect(other.received).toEqual([]);
});

test('bytes after a response aren’t taken for the response to the next request', async () => {
  const reply = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
  const { url } = await startServer(saying(`${reply}HTTP/1.1 500 Smuggled\r\ncontent-length: 0\r\n\r\n`));
  expect(await replyFrom(url)).toMatchObject({ status: 200 });
  expect(await replyFrom(url)).toMatchObject({ status: 200 });
});

describe('a response that arrives before the whole body was sent', () => {
  const body = Buffer.alloc(50_000_000);
  const refusal = 'HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig';

  test.each<[string, Talk]>([
    ['closes when all is read', ending(refusal)],
    ['stops reading and sends nothing more', socket => socket.pause().write(refusal)],
  ])('counts when the receiver %s', async (_, talk) => {
    const { url } = await startServer(talk);
    const reply = await replyFrom(url, { body });
    expect([reply.status, Buffer.from(reply.body).toString()]).toEqual([413, 'big']);
  });

  test('leaves the receiver alone afterwards', async () => {
    let heard = 0;
    const { url } = await startServer(socket => {
      socket.on('data', data => (heard += data.length));
      socket.write(refusal);
    });
    expect(await replyFrom(url, { body })).toMatchObject({ status: 413 });
    expect(heard).toBeLessThan(body.length);
  });
});
