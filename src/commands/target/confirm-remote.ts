import { isLoopback } from '../../http/target.js';
import { UsageError } from '../../errors.js';
import type { Ports } from '../command.js';

/** Many requests, or old ones, go to another machine only if that is meant: by the flag, or by a yes. Throws UsageError. */
export async function confirmRemote(
  { hostname, origin }: URL,
  { allowRemote = false }: { allowRemote?: boolean | undefined },
  { reporting: { ask } }: Pick<Ports, 'reporting'>,
): Promise<void> {
  if (isLoopback(hostname) || allowRemote) return;
  const message = `${origin} is another machine than this one. Send to it?`;
  if (await ask?.confirm({ message, default: false })) return;
  throw new UsageError(`${origin} is another machine than this one`, { hint: 'pass --allow-remote if that is meant' });
}
