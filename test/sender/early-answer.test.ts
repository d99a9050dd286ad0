import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { replyFrom, startServer } from './attempt.js';

/** Reads a little, returns 413 and closes. In a separate process, since in ours the response would always be read first. */
const impatientServer = `
  const server = require('node:net').createServer(socket => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.end('HTTP/1.1 413 Content Too Large\\r\\ncontent-length: 0\\r\\nconnection: close\\r\\n\\r\\n', () => socket.destroy());
    });
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

test('an early 413 counts, however much of the request was read', async () => {
  const child = spawn(process.execPath, ['-e', impatientServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill();
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const body = Buffer.alloc(50 * 1024 * 1024, 'x');
  for (let round = 1; round <= 8; round += 1) {
    expect(await replyFrom(`http://127.0.0.1:${String(port).trim()}/`, { body })).toMatchObject({ status: 413 });
  }
});

test.each([204, 304])('a %i with a length still has no body', async status => {
  const { url } = await startServer(socket => socket.write(`HTTP/1.1 ${status} X\r\ncontent-length: 5\r\n\r\n`));
  expect(await replyFrom(url)).toMatchObject({ status, body: Buffer.alloc(0) });
});
