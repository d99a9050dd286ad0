import { isLoopback } from '../../http/target.js';
import { UsageError } from '../../errors.js';
import type { Ports } from '../../contract/command.js';

/** Many requests, or old ones, go to a remote receiver only by the flag or after a yes. Throws UsageError. */
export async function confirmRemote(
  { hostname, origin }: URL,
  { allowRemote = false }: { allowRemote?: boolean | undefined },
  { reporting: { ask } }: Pick<Ports, 'reporting'>,
): Promise<void> {
  if (isLoopback(hostname) || allowRemote) return;
  if (hostname === '0.0.0.0' || hostname === '[::]') {
    throw new UsageError(`${hostname} is where a receiver on this machine listens, and no address to send to`, {
      hint: `write ${hostname === '[::]' ? '[::1]' : '127.0.0.1'} instead`,
    });
  }
  const message = `${origin} is a remote receiver. Send to it?`;
  if (await ask?.confirm({ message, default: false })) return;
  throw new UsageError(`${origin} is a remote receiver`, { hint: 'pass --allow-remote to send to it' });
}
