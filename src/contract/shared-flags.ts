import type { Command as Commander } from 'commander';
import { places } from '../config/places.js';
import { rowOf, type Kind, type SettingName } from '../config/settings.js';
import { cases, offering, schemes, type Offer } from './completion-values.js';
import { collect, header, names, oneOf, wholeNumber } from './values.js';

/** Adds the flags of these settings to the open group; read by `resolveSettings`. */
export function settingFlags(command: Commander, ...settings: readonly SettingName[]): Commander {
  for (const name of settings)
    command.option(rowOf(name).flags, settingHelp(name), offering(offers[name] ?? {}, parserOf(rowOf(name).holds)));
  return command;
}

/** What the flag of a setting does, and its default. */
export function settingHelp(name: SettingName): string {
  const { help, default: usual, holds } = rowOf(name);
  // The configuration file usually has it.
  if (name === 'url') return `${help} (default: the configured URL)`;
  if (usual === undefined || holds.kind === 'headers' || holds.kind === 'list') return help;
  return `${help} (default: ${holds.kind === 'text' ? holds.write(usual as never) : (usual as string | number)})`;
}

/** Adds the flags that say where the secret is to the open group; read by `resolveSecrets`. */
export const secretFlags = (command: Commander): Commander =>
  command
    .option(places.secretFile.flags, places.secretFile.help, offering({ isFile: true }, collect))
    .option(places.secretEnv.flags, places.secretEnv.help, collect);

const offers: { [Name in SettingName]?: Offer } = {
  skip: { candidates: cases },
  scheme: { candidates: schemes },
};

function parserOf(holds: Kind): (text: string, earlier?: unknown) => unknown {
  switch (holds.kind) {
    case 'text':
      return holds.parse;
    case 'number':
      return wholeNumber(holds.least, holds.most);
    case 'choice':
      return oneOf(holds.noun, holds.names) as (text: string) => unknown;
    case 'headers':
      return header as (text: string, earlier?: unknown) => unknown;
    case 'list':
      return names as (text: string, earlier?: unknown) => unknown;
  }
}
