/** The route of a request, if not straight to the host and port of its URL. */
export type Route = Address | { kind: 'socket'; /** Of a Unix socket. */ path: string } | Proxied;

export interface Address {
  kind: 'address';
  host: string;
  port: number;
}

export interface Proxied {
  kind: 'proxy';
  /** Without a user name and a password. */
  proxy: URL;
  /** The variable that names the proxy. */
  source: string;
  /** The value of `proxy-authorization`. */
  authorization: string | undefined;
}

/** Finds the route to a receiver, or undefined for a direct connection. */
export type RouteFinder = (receiver: URL) => Route | undefined;

/** Why a proxy didn't connect. */
export class ProxyError extends Error {
  /** The status of the proxy's response, or undefined if it couldn't be reached. */
  readonly status: number | undefined;

  constructor(details: { status: number } | { cause: unknown }) {
    super('The proxy made no connection.', 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'ProxyError';
    this.status = 'status' in details ? details.status : undefined;
  }
}
