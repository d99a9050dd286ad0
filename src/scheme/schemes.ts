import { defaultPresetName, presetNames, presets, type PresetName } from './presets/index.js';
import { Scheme } from './scheme.js';

const made = new Map<PresetName, Scheme>();

function schemeNamed(name: PresetName): Scheme {
  const scheme = made.get(name) ?? new Scheme(name, presets[name]);
  made.set(name, scheme);
  return scheme;
}

/** The schemes that ship with the program, ready to sign and verify. Each is made on first use. */
export const schemes = Object.defineProperties(
  {},
  Object.fromEntries(presetNames.map(name => [name, { enumerable: true, get: () => schemeNamed(name) }])),
) as Readonly<Record<PresetName, Scheme>>;

export const defaultScheme = schemes[defaultPresetName];

/** Whether a scheme's bodies are events of the catalogue, which have schemas, statuses and generators. */
export const hasCatalogue = ({ name }: Scheme): boolean => name === defaultPresetName;

/** Returns where a scheme's events have their names and ids; undefined for events of the catalogue. */
export const placesOf = (scheme: Scheme) =>
  hasCatalogue(scheme) ? undefined : { scheme: scheme.name, event: scheme.definition.event, id: scheme.definition.id };
