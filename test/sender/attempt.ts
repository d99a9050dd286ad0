import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttpClient, type DeliveryRequest, type Reply } from '../../src/sender/http-client.js';
import type { Failure } from '../../src/sender/failure.js';

/** The result of sending once to `url`, with ten seconds unless another time is given. */
export async function attemptAt(
  url: string,
  { timeout = 10_000, ...request }: Partial<Pick<DeliveryRequest, 'headers' | 'body'>> & { timeout?: number } = {},
): Promise<{ milliseconds: number } & ({ reply: Reply } | { failure: Failure })> {
  const client = createHttpClient({ timeout });
  try {
    return await client.deliver({
      method: 'POST',
      url: new URL(url),
      headers: [],
      body: Buffer.from('{}'),
      ...request,
    });
  } finally {
    await client.close();
  }
}

export async function replyFrom(...given: Parameters<typeof attemptAt>): Promise<Reply> {
  const attempt = await attemptAt(...given);
  if ('failure' in attempt) throw new Error(`no response: ${attempt.failure.reason}`, { cause: attempt.failure.cause });
  return attempt.reply;
}

export async function failureAt(...given: Parameters<typeof attemptAt>): Promise<Failure> {
  const attempt = await attemptAt(...given);
  if ('reply' in attempt) throw new Error(`a response came: ${attempt.reply.status}`);
  return attempt.failure;
}

/** A TCP server on a free port, which stops after the test; `talk` gets each connection after it has sent something. */
export async function startServer(talk: (socket: Socket) => void): Promise<{ url: string; port: number }> {
  const sockets: Socket[] = [];
  const server = createServer(socket => {
    sockets.push(socket);
    // The other side may be gone already, which doesn't matter here.
    socket.on('error', () => undefined);
    socket.once('data', () => {
      talk(socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port };
}
