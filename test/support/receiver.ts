import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Received {
  method: string;
  target: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: Buffer;
}

export interface Receiver {
  url: string;
  received: Received[];
}

/** A real receiver on a free port, which stops after the test. `answer` gets each request after its body. */
export async function startReceiver(
  answer: (response: ServerResponse, request: Received) => void = response => response.writeHead(200).end(),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((message, response) => {
    void buffer(message).then(body => {
      const { method = '', url = '', headers, rawHeaders } = message;
      const request = { method, target: url, headers, rawHeaders, body };
      received.push(request);
      answer(response, request);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received };
}
