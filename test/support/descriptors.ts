import { readdirSync, readlinkSync } from 'node:fs';

/** The files that this process has open, as reported by Linux. */
export const descriptors = (): string[] =>
  readdirSync('/proc/self/fd').flatMap(name => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)].filter(target => target.startsWith('/'));
    } catch {
      // It belonged to the listing itself.
      return [];
    }
  });
