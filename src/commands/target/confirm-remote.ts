import { DeclinedError, UsageError } from '../../errors.js';
import type { Ports } from '../../contract/command.js';

/**
 * Many requests, or recorded ones, go to a remote receiver only with the flag or after a yes. `remote` names the
 * receiver; undefined if it is on this machine. Throws DeclinedError after a no, UsageError without a terminal.
 */
export async function confirmRemote(
  remote: string | undefined,
  { allowRemote = false }: { allowRemote?: boolean | undefined },
  { reporting: { ask } }: Pick<Ports, 'reporting'>,
): Promise<void> {
  if (remote === undefined || allowRemote) return;
  if (!ask) throw new UsageError(`${remote} is a remote receiver`, { hint: 'pass --allow-remote to send to it' });
  if (await ask.confirm({ message: `${remote} is a remote receiver. Send to it?`, default: false })) return;
  throw new DeclinedError('nothing was sent');
}
