import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemCode } from '../errors.js';
import type { Clock } from '../ports.js';
import type { Heads } from './heads.js';
import type { ProtocolError } from './received-request.js';
import type { Traffic } from './traffic.js';

interface ProtocolErrorOptions {
  clock: Pick<Clock, 'now'>;
  onProtocolError?: ((error: ProtocolError) => void) | undefined;
  traffic: Pick<Traffic, 'isBusy' | 'isReading' | 'isFull' | 'endAfterAnswers' | 'lastWords'>;
  heads: Pick<Heads, 'areTooMany'>;
}

/** Refuses a request that Node parsed but that is unsafe to act on, or one too many. Returns whether it did. */
export type RefuseUnfit = (message: IncomingMessage) => boolean;

/**
 * Responds to anything that isn't a valid request, and ends its connection. Complete requests before it on the same
 * connection get their own responses first.
 */
export function answerProtocolErrors(
  server: Server,
  { clock, onProtocolError, traffic, heads }: ProtocolErrorOptions,
): RefuseUnfit {
  const refuse = (socket: Duplex, reason: ProtocolError['reason']) => {
    const status = statuses[reason];
    onProtocolError?.({ receivedAt: clock.now(), reason, status });
    traffic.endAfterAnswers(socket, answerWith(status));
  };
  const isEnding = (socket: Duplex): boolean => traffic.lastWords(socket) !== undefined;
  /** Ends a connection whose error follows a request. An error within a request is reported with it. */
  const endBusy = (socket: Duplex, reason: ProtocolError['reason']) => {
    // Bytes after a complete request get no response, which the sender could mistake for the request's.
    traffic.endAfterAnswers(socket, traffic.isReading(socket) ? answerWith(statuses[reason]) : '');
  };
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket) => {
    // A connection that is about to end has a response in flight, which further bytes mustn't cut off.
    if (isParserError(error) && (!socket.writable || isEnding(socket))) return;
    if (!socket.writable || isGone(error)) socket.destroy();
    else if (traffic.isBusy(socket)) endBusy(socket, reasonOf(error));
    else refuse(socket, reasonOf(error));
  });
  // Without a handler, Node would destroy the connection.
  server.on('connect', (_, socket) => {
    // Node no longer reads from it, so a client's departure would go unnoticed.
    socket.resume();
    refuse(socket, 'connect');
  });
  return message => {
    const { socket } = message;
    const isTooMany = traffic.isFull(socket) || heads.areTooMany(traffic.isBusy(socket));
    const reason = ambiguityOf(message) ?? (isTooMany ? 'too-many-requests' : undefined);
    if (reason && !isEnding(socket)) refuse(socket, reason);
    if (!isEnding(socket)) return false;
    message.resume();
    return true;
  };
}

const answerWith = (status: number): string =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;

/** Finds ambiguous requests that Node's parser accepts but another server could read differently. */
function ambiguityOf({ httpVersion, headers, rawHeaders }: IncomingMessage): ProtocolError['reason'] | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return httpVersion === '2.0' ? 'http2' : 'not-http';
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined && (httpVersion === '1.0' || encoding.toLowerCase() !== 'chunked')) return 'ambiguous';
  return hasTwoHosts(rawHeaders) ? 'ambiguous' : undefined;
}

function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

const isParserError = (error: Error): boolean =>
  systemCode(error).startsWith('HPE_') && systemCode(error) !== 'HPE_INVALID_EOF_STATE';

/** Whether the client left before it had sent anything complete. */
const isGone = (error: Error): boolean => ['ECONNRESET', 'HPE_INVALID_EOF_STATE'].includes(systemCode(error));

const statuses: Record<ProtocolError['reason'], number> = {
  'not-http': 400,
  tls: 400,
  http2: 400,
  ambiguous: 400,
  connect: 405,
  'headers-too-large': 431,
  'too-slow': 408,
  'too-many-requests': 503,
};

/** The first byte of a TLS record that carries a handshake. */
const handshake = 0x16;

/** The start of an HTTP/2 connection with prior knowledge. */
const preface = 'PRI * HTTP/2.0';

function reasonOf(error: Error & { rawPacket?: Buffer }): ProtocolError['reason'] {
  const code = systemCode(error);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (error.rawPacket?.toString('latin1', 0, preface.length) === preface) return 'http2';
  return error.rawPacket?.[0] === handshake ? 'tls' : 'not-http';
}
