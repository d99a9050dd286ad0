import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startBuilt } from '../support/process.js';

test('the built command skips an unsolicited 100 on each connection', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeContinue();
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const flags = ['--status', 'APPROVED', '--count', '20', '--concurrency', '4'];
  const { ended } = startBuilt(['send', '--url', url, ...flags], { env: { WEBHOOK_SECRET: 'test_secret' } });
  expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
});
