import type { Command as Commander } from 'commander';
import { wholeNumber } from '../../config/values.js';
import type { FlagRule } from '../../contract/flag-rules.js';
import { InvalidValueError } from '../../errors.js';

export interface WebFlags {
  /** The port; true: any free one. */
  web?: number | true;
  open?: boolean;
  allowRemote?: boolean;
}

const port = wholeNumber(0, 65_535);

/** The word after the flag is its value, even if meant as an argument. */
function webPort(text: string): number {
  if (/^\d+$/.test(text)) return port(text);
  throw new InvalidValueError(`"${text}" isn't a port`, {
    hint: 'write a port, like --web 8080, and put files before --web',
  });
}

/** Adds the flags of the page to the group that is open. */
export const webFlags = (command: Commander): Commander =>
  command
    .option('--web [port]', 'Serve a web inspector (default: any free port)', webPort)
    .option('--open', 'Open the inspector in a browser; needs --web')
    .option('--allow-remote', 'Allow sending to a remote receiver');

export const webRules: readonly FlagRule[] = [
  { flag: '--open', needs: '--web', hint: 'add --web to serve the inspector' },
  { flag: '--allow-remote', needs: '--web', hint: 'it allows the inspector to send to a remote receiver' },
];
