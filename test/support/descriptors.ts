import { readdirSync, readlinkSync } from 'node:fs';

/** The files that this process has open, as Linux tells. */
export const descriptors = (): string[] =>
  readdirSync('/proc/self/fd').flatMap(name => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)].filter(target => target.startsWith('/'));
    } catch {
      // It was that of the listing itself.
      return [];
    }
  });
