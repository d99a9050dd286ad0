import type { EventName } from '../../event/catalogue.js';
import type { Path } from '../../event/reshape.js';
import type { Ports } from '../../contract/command.js';

interface Paths {
  flag: '--set' | '--match';
  paths: readonly Path[];
  /** The possible events. */
  events: readonly EventName[];
}

/** Warns about paths that no schema has, which are usually typos. */
export async function warnOfUnknownPaths(
  { flag, paths, events }: Paths,
  { reporting: { warn } }: Pick<Ports, 'reporting'>,
): Promise<void> {
  if (paths.length === 0 || events.length === 0) return;
  const { unknownPaths } = await import('../../event/paths.js');
  const [only] = events.length === 1 ? events : [];
  for (const { path, meant } of await unknownPaths(paths, events)) {
    const words = only === undefined ? "isn't documented for any event" : `isn't documented for ${only}`;
    warn(`${flag}: ${path} ${words}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
  }
}
