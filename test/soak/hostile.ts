import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { approved, signatureOf } from '../support/listening.js';

const head = (...lines: string[]) => ['POST / HTTP/1.1', 'host: x', ...lines, '', ''].join('\r\n');
const wrong = Object.entries(signatureOf(approved, 'other')).map(([name, value]) => `${name}: ${value}`);
const mebibyte = 1024 ** 2;

type Act = (socket: Socket, over: AbortSignal) => Promise<void> | void;

/** What each of them does on a separate connection before it waits to be cut off. */
const acts = {
  async slowloris(socket, over) {
    socket.write('POST / HTTP/1.1\r\n');
    while (!socket.closed && !over.aborted) {
      socket.write(`x-${Date.now()}: x\r\n`);
      await sleep(50);
    }
  },
  halfBody(socket) {
    socket.end(`${head('content-length: 100000')}${'x'.repeat(50_000)}`);
  },
  async oversize(socket) {
    socket.write(head(`content-length: ${8 * mebibyte}`));
    for (let sent = 0; sent < 8 && !socket.closed; sent += 1) {
      await new Promise(resolve => socket.write(Buffer.alloc(mebibyte), resolve));
    }
    socket.end();
  },
  async endless(socket) {
    socket.write(head('transfer-encoding: chunked'));
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')]);
    for (let sent = 0; sent < 64 && !socket.closed; sent += 1) {
      await new Promise(resolve => socket.write(chunk, resolve));
    }
    socket.destroy();
  },
  garbage(socket) {
    socket.write(randomBytes(2000));
  },
  async reset(socket) {
    await new Promise(resolve => socket.write(`${head('content-length: 100')}x`, resolve));
    socket.resetAndDestroy();
  },
  wrongSignature(socket) {
    socket.write(Buffer.concat([Buffer.from(head(...wrong, `content-length: ${approved.length}`)), approved]));
    socket.end();
  },
  noEvent(socket) {
    socket.end(`${head('content-length: 9')}{"a":"b"}`);
  },
} satisfies Record<string, Act>;

export type HostileName = keyof typeof acts;

/** Each settles when its connection is closed, for whatever reason. */
export const hostileClients = (Object.entries(acts) as [HostileName, Act][]).map(([name, act]) => ({
  name,
  async attack(url: string, over: AbortSignal): Promise<void> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const closed = once(socket, 'close').catch(() => undefined);
    const leave = () => socket.destroy();
    over.addEventListener('abort', leave);
    // Such a client must expect to be cut off.
    socket.on('error', () => undefined).resume();
    await act(socket, over);
    await closed;
    over.removeEventListener('abort', leave);
  },
}));
