import type { Command as Commander } from 'commander';
import { offering } from './offer.js';
import { collect } from './values.js';

/** Where the secret comes from, in the group that is open; read by `resolveSecrets`. */
export const secretFlags = (command: Commander): Commander =>
  command
    .option('--secret-file <path>', 'secrets, one a line; - for stdin; repeatable', offering({ isFile: true }, collect))
    .option('--secret-env <name>', 'variable that holds the secret; repeatable', collect);
