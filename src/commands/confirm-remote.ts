import { UsageError } from '../errors.js';
import type { Context } from './command.js';

/** Asks whether `origin`, which isn't this machine, is meant. Throws UsageError when it isn't, or nobody is there to say. */
export async function confirmRemote({ ask }: Pick<Context, 'ask'>, origin: string): Promise<void> {
  const message = `${origin} is another machine than this one. Send to it?`;
  if (await ask?.confirm({ message, default: false })) return;
  throw new UsageError(`${origin} is another machine than this one`, { hint: 'pass --allow-remote if that is meant' });
}
