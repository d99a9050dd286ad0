import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemCode } from '../errors.js';
import type { Clock } from '../ports.js';
import type { ProtocolError } from './received-request.js';
import type { Traffic } from './traffic.js';

interface ProtocolErrorOptions {
  clock: Pick<Clock, 'now'>;
  onProtocolError?: ((error: ProtocolError) => void) | undefined;
  traffic: Pick<Traffic, 'isBusy'>;
}

/** Answers what isn't a request that can be handled, unless an answer is already on its way. */
export function answerProtocolErrors(server: Server, { clock, onProtocolError, traffic }: ProtocolErrorOptions): void {
  const refuse = (socket: Duplex, reason: ProtocolError['reason']) => {
    const status = statuses[reason];
    // What goes wrong within a request is reported with the request.
    if (!traffic.isBusy(socket)) onProtocolError?.({ receivedAt: clock.now(), reason, status });
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  };
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    if (!socket.writable || isGone(error)) socket.destroy();
    else refuse(socket, reasonOf(error));
  });
  // Without a handler, Node would cut the connection.
  server.on('connect', (_, socket) => {
    refuse(socket, 'connect');
  });
}

/** Whether the client left before it had sent anything whole. */
const isGone = (error: Error): boolean => ['ECONNRESET', 'HPE_INVALID_EOF_STATE'].includes(systemCode(error));

const statuses: Record<ProtocolError['reason'], number> = {
  'not-http': 400,
  tls: 400,
  connect: 405,
  'headers-too-large': 431,
  'too-slow': 408,
};

/** The first byte of a TLS record that carries a handshake. */
const handshake = 0x16;

function reasonOf(error: Error & { rawPacket?: Buffer }): ProtocolError['reason'] {
  const code = systemCode(error);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  return error.rawPacket?.[0] === handshake ? 'tls' : 'not-http';
}
