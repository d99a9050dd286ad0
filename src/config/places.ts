import { storedPath, variableName } from './values.js';

/**
 * Where the secret, variables and fixtures come from: keys of the file besides the settings, and flags with their own
 * rules. Fixtures have no flag, since files can be sent directly.
 */
export const places = {
  secretFile: {
    flags: '--secret-file <path>',
    help: 'Secrets, one per line; - for stdin; repeatable',
    description: 'File with one secret per line, relative to this file',
    parse: storedPath,
  },
  secretEnv: {
    flags: '--secret-env <name>',
    help: 'Read the secret from this variable; repeatable',
    description: 'Name of the variable that holds the secret',
    parse: variableName,
  },
  dotenv: {
    flags: '--dotenv <file>',
    help: 'Also read environment variables from this file',
    description: 'File with variables, relative to this file; it may be missing',
    parse: storedPath,
  },
  fixtures: {
    description: 'Folder with JSON files to use as fixtures, relative to this file',
    parse: storedPath,
  },
} as const;

export const placeNames = Object.keys(places) as readonly (keyof typeof places)[];
