import { dial } from './dial.js';
import { failureOf, type Failure } from './failure.js';
import type { RouteFinder } from './route.js';

/** Tries to connect. Resolves to the reason why that failed, or to undefined. `timeout` in milliseconds. */
export async function probe(
  url: URL,
  { timeout, routeOf }: { timeout: number; routeOf?: RouteFinder | undefined },
): Promise<Failure | undefined> {
  const route = routeOf?.(url);
  try {
    const socket = await dial(route, url, timeout);
    socket.on('error', () => undefined).destroy();
    return undefined;
  } catch (error) {
    return { ...failureOf(error), ...(route && { route }) };
  }
}
