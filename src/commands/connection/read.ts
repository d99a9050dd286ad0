import path from 'node:path';
import type { Environment } from '../../ports.js';
import type { Connecting } from '../../sender/http-client.js';
import type { RouteFinder } from '../../sender/route.js';
import type { Ports } from '../../contract/command.js';
import type { ConnectionFlags } from './flags.js';
import { readTrust } from './trust.js';

/**
 * Returns how to connect to receivers, including `url`. Throws InputError for bad certificates, UsageError for a bad
 * proxy.
 */
export async function readConnection(
  flags: ConnectionFlags,
  url: URL,
  ports: Pick<Ports, 'environment' | 'reporting'>,
): Promise<Connecting> {
  const routeOf = await routesBy(flags, ports.environment);
  // A mistake in a variable is reported before anything is sent.
  routeOf?.(url);
  return { ...(await readTrust(flags, url, ports)), routeOf };
}

/** Returns the routes from these flags and the environment; undefined if requests go straight to the receiver. */
export async function routesBy(
  { connectTo, unixSocket, proxy = true }: ConnectionFlags,
  environment: Pick<Environment, 'env' | 'cwd'>,
): Promise<RouteFinder | undefined> {
  if (unixSocket !== undefined) {
    const route = { kind: 'socket', path: path.resolve(environment.cwd, unixSocket) } as const;
    return () => route;
  }
  if (connectTo) return () => ({ kind: 'address', ...connectTo });
  return proxy ? proxiesOf(environment) : undefined;
}

/**
 * The proxies from the process's own variables; somebody else may have written the dotenv file. Undefined if there are
 * none.
 */
export async function proxiesOf({ env }: Pick<Environment, 'env'>): Promise<RouteFinder | undefined> {
  if (![env['http_proxy'], env['HTTP_PROXY'], env['https_proxy'], env['HTTPS_PROXY']].some(Boolean)) return undefined;
  const { proxyFor } = await import('../../sender/proxy.js');
  return url => proxyFor(url, env);
}
