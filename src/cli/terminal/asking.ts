import type { GlobalFlags } from '../argv/global-flags.js';
import type { Host } from '../host.js';

export interface Asking {
  host: Host;
  flags: GlobalFlags;
  /** Aborted when the user asks the program to stop. */
  signal: AbortSignal;
  /** Ends the program as Ctrl-C does. */
  interrupt: () => void;
}
