import { isLoopback } from '../delivery/target.js';
import { UsageError } from '../errors.js';

/** Many requests, or old ones, go to another machine only if that is meant. Throws UsageError. */
export function refuseRemote({ hostname, origin }: URL, { allowRemote }: { allowRemote?: boolean | undefined }): void {
  if (isLoopback(hostname) || allowRemote) return;
  throw new UsageError(`${origin} is another machine than this one`, {
    hint: 'pass --allow-remote if that is meant',
  });
}
