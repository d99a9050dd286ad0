import type { Socket } from 'node:net';
import tls from 'node:tls';
import { buildConnector, type Client } from 'undici';
import { systemCode } from '../../errors.js';
import type { Route } from '../route.js';

/** The trusted certificates, and the sender's own. */
export interface Trust {
  /** Certificates of further authorities, as PEM. */
  authorities?: Uint8Array | undefined;
  /** The client certificate, as PEM. */
  identity?: { certificate: Uint8Array; key: Uint8Array } | undefined;
  /** Whether to accept any certificate. */
  isInsecure?: boolean | undefined;
}

/** Options for all connections to a receiver. `timeout` in milliseconds. */
export function connectionOptions(
  timeout: number,
  { authorities, identity, isInsecure = false }: Trust,
  route: Route | undefined,
): Client.Options {
  const ca = authorities && [...usualAuthorities(), Buffer.from(authorities)];
  const open = createConnector({
    timeout,
    rejectUnauthorized: !isInsecure,
    ...(ca && { ca }),
    ...(identity && { cert: Buffer.from(identity.certificate), key: Buffer.from(identity.key) }),
  });
  const connect = route ? openAlong(route, open, timeout) : open;
  // A receiver may close a connection that was idle for longer, just as it is used again.
  return { keepAliveTimeout: 1000, headersTimeout: 0, bodyTimeout: 0, connect };
}

const secureErrors = new WeakSet<Error>();

/**
 * Returns undici's own connector, except that a connection is still read when it accepts no more of the request, and that
 * errors are reported later and with their place.
 */
function createConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const open = buildConnector(options);
  return (target, done) => {
    const fail = (error: Error): void => {
      if (target.protocol === 'https:' && !isSystemError(error)) secureErrors.add(error);
      done(error, null);
    };
    try {
      open(target, (...result) => {
        const [error, socket] = result;
        if (error) {
          fail(error);
          return;
        }
        keepReading(socket);
        done(...result);
      });
    } catch (error) {
      queueMicrotask(() => {
        fail(error as Error);
      });
    }
  };
}

/** Returns a connector for a route. The receiver, and so the name in its certificate, is still the URL's. */
function openAlong(route: Route, open: buildConnector.connector, timeout: number): buildConnector.connector {
  const openSocket = async (target: buildConnector.Options): Promise<Socket> => {
    const { dial } = await import('../dial.js');
    return dial(route, target, timeout);
  };
  return (target, done) => {
    openSocket(target).then(
      socket => {
        if (target.protocol === 'https:') open({ ...target, httpSocket: socket }, done);
        else {
          keepReading(socket);
          done(null, socket);
        }
      },
      (error: unknown) => {
        done(error as Error, null);
      },
    );
  };
}

/** Returns the authorities Node trusts by default. Only newer versions include those added by flags and variables. */
function usualAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  return getCACertificates?.('default') ?? tls.rootCertificates;
}

/** Whether an error came from opening a secure connection. */
export const isSecureError = (error: unknown): boolean => error instanceof Error && secureErrors.has(error);

/** Whether a call to the system failed. OpenSSL's errors have no number. */
const isSystemError = (error: Error): boolean => 'errno' in error;

/**
 * A receiver may respond early (413) and close. The failed write would be reported before the response is read, and destroy the
 * socket. So the error is dropped, and the outcome depends on what is read.
 */
function keepReading(socket: Socket): void {
  const write = socket._write.bind(socket);
  const writeMany = socket._writev?.bind(socket);
  type Callback = (error?: Error | null) => void;
  const unlessClosed = (callback: Callback) => (error?: Error | null) => {
    if (!['EPIPE', 'ECONNRESET'].includes(systemCode(error))) callback(error);
  };
  socket._write = (chunk, encoding, callback) => {
    write(chunk, encoding, unlessClosed(callback));
  };
  socket._writev = (chunks, callback) => writeMany?.(chunks, unlessClosed(callback));
}
