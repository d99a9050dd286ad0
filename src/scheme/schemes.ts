import { defaultPresetName, presetNames, presets, type PresetName } from './presets/index.js';
import { Scheme } from './scheme.js';

/** The schemes that ship with the program, ready to sign and verify. */
export const schemes = Object.fromEntries(presetNames.map(name => [name, new Scheme(name, presets[name])])) as Readonly<
  Record<PresetName, Scheme>
>;

export const defaultScheme = schemes[defaultPresetName];

/** Whether the bodies of a scheme's requests are the events of the catalogue, which have schemas, statuses and generators. */
export const hasCatalogue = ({ name }: Scheme): boolean => name === defaultPresetName;

/** Returns where a scheme's events have their names and ids; undefined for events of the catalogue. */
export const placesOf = (scheme: Scheme) =>
  hasCatalogue(scheme) ? undefined : { scheme: scheme.name, event: scheme.definition.event, id: scheme.definition.id };
