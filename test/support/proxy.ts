import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Identity } from './authority.js';

interface Proxy {
  url: string;
  /** The request lines that it received, without the version. */
  heard: string[];
  /** The user names that it was given. */
  users: (string | undefined)[];
}

interface ProxyOptions {
  /** Where all connections go, whatever the host, so that no test needs a name server. */
  to: string;
  /** What it responds with instead of doing its work. */
  refusal?: number;
  /** Makes it a proxy on https. */
  identity?: Identity;
}

/** A proxy on a free port, for tunnels and for http requests. It stops after the test. */
export async function startProxy({ to, refusal, identity }: ProxyOptions): Promise<Proxy> {
  const { hostname, port } = new URL(to);
  const [heard, users, sockets]: [string[], Proxy['users'], Duplex[]] = [[], [], []];
  const note = ({ method = '', url = '', headers }: IncomingMessage) => {
    heard.push(`${method} ${url}`);
    users.push(headers['proxy-authorization']);
  };
  const answer: RequestListener = (request, response) => {
    note(request);
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? '');
    const { method } = request;
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => name !== 'proxy-authorization'),
    );
    const onward = forward({ host: hostname, port, method, path: pathname + search, headers }, reply => {
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.pipe(response);
    });
    request.pipe(onward);
  };
  const server: Server = identity
    ? createSecureServer({ key: readFileSync(identity.key), cert: readFileSync(identity.certificate) }, answer)
    : createServer(answer);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    note(request);
    client.on('error', () => undefined);
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const onward = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => client.destroy());
    sockets.push(client, onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
  });
  const scheme = identity ? 'https' : 'http';
  return { url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, users };
}
