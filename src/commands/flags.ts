import type { Command as Commander } from 'commander';
import { offering } from './offer.js';
import { collect } from './values.js';

/** Where the secret comes from; read by `resolveSecrets`. */
export const secretFlags = (command: Commander): Commander =>
  command
    .optionsGroup('Secret:')
    .option(
      '--secret-file <path>',
      'file with one secret a line, - for standard input; repeatable',
      offering({ isFile: true }, collect),
    )
    .option('--secret-env <name>', 'variable that holds the secret; repeatable', collect);
