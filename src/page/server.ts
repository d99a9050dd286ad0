import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { refuseForeignHost, refuseForeignPost, refuseStrangers } from './guard.js';
import { PageProblem } from './problem.js';
import { sendProblem } from './respond.js';
import { routes, type Route, type Service } from './routes.js';
import type { Session } from './session.js';

/** Times are in milliseconds. */
export interface PageLimits {
  headersTimeout: number;
  requestTimeout: number;
  /** The interval at which the two above are checked. */
  checkInterval: number;
  mostConnections: number;
}

export const usualPageLimits: PageLimits = {
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  checkInterval: 1000,
  mostConnections: 64,
};

export interface ListeningServer {
  server: Server;
  port: number;
}

/** Always on 127.0.0.1 and its own port: a tunnel would publish one shared with the receiver. Fails with the system's errors. */
export async function listenLocally(port: number, limits: PageLimits): Promise<ListeningServer> {
  const { headersTimeout, requestTimeout, checkInterval: connectionsCheckingInterval, mostConnections } = limits;
  const server = createServer({
    ...{ headersTimeout, requestTimeout, connectionsCheckingInterval },
    ...{ keepAliveTimeout: 5000, maxHeaderSize: 8 * 1024 },
  });
  server.maxConnections = mostConnections;
  server.listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** Responds to requests for the page. `onBug` is called with unexpected errors. */
export function serve({ server, port }: ListeningServer, service: Service, onBug: (error: unknown) => void): void {
  const hosts = new Set(
    ['127.0.0.1', 'localhost'].flatMap(name => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
  );
  server.on('request', (message, response) => {
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    // A client that disconnects isn't a failure.
    response.on('error', () => undefined);
    answer(message, response, { hosts, service, signal: gone.signal }).catch((error: unknown) => {
      // The unread rest of the request is dropped.
      message.resume();
      if (response.destroyed) return;
      if (response.headersSent) response.destroy();
      else if (!sendProblem(response, error)) onBug(error);
    });
  });
}

interface Answering {
  hosts: ReadonlySet<string>;
  service: Service;
  signal: AbortSignal;
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { hosts, service, signal }: Answering,
): Promise<void> {
  refuseForeignHost(message, hosts);
  const [path = '', query = ''] = (message.url ?? '').split(/\?(.*)/s);
  const { route, position } = routeFor(path, message, service.session);
  if (route.method === 'POST') refuseForeignPost(message);
  await route.handle({ message, response, position, query: new URLSearchParams(query), signal }, service);
}

/** Throws PageProblem. A client without a session can't find out which pages exist. */
function routeFor(path: string, message: IncomingMessage, session: Session): { route: Route; position: number } {
  const there = routes.filter(route => route.path.test(path));
  const route = there.find(({ method }) => method === message.method);
  if (!there.some(({ isPublic }) => isPublic)) refuseStrangers(message, session);
  if (there.length === 0) throw new PageProblem(404, 'there is no such page');
  if (!route) {
    const allow = there.map(({ method }) => method).join(', ');
    throw new PageProblem(405, `use ${allow}`, { headers: { allow } });
  }
  return { route, position: Number(route.path.exec(path)?.[1] ?? 0) };
}
