import type { ConfigFlags } from '../../commands/command.js';

/** Flags that every command has. */
export interface GlobalFlags extends ConfigFlags {
  json?: boolean;
  color?: boolean;
  quiet?: boolean;
  debug?: boolean;
}

/** The shell's own flags as far as a command line that can't be parsed tells them. */
export const globalFlagsIn = (argv: readonly string[]): GlobalFlags => ({
  ...Object.fromEntries(['json', 'quiet', 'debug'].map(name => [name, argv.includes(`--${name}`)])),
  ...(argv.includes('-q') && { quiet: true }),
  ...(argv.includes('--color') && { color: true }),
  ...(argv.includes('--no-color') && { color: false }),
});
