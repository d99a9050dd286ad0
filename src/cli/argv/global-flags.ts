import type { ConfigFlags } from '../../ports.js';

/** Flags that every command has. */
export interface GlobalFlags extends ConfigFlags {
  json?: boolean;
  color?: boolean;
  quiet?: boolean;
  debug?: boolean;
}

/** Finds the global flags in a command line that doesn't parse. */
export const globalFlagsIn = (argv: readonly string[]): GlobalFlags => ({
  ...Object.fromEntries(['json', 'quiet', 'debug'].map(name => [name, argv.includes(`--${name}`)])),
  ...(argv.includes('-q') && { quiet: true }),
  ...(argv.includes('--color') && { color: true }),
  ...(argv.includes('--no-color') && { color: false }),
});
