import type { SchemeDefinition } from '../scheme/definition.js';
import { presets, type PresetName } from '../scheme/presets/index.js';

/** The definitions of the schemes that ship with the package, by name: data to look at, or to make a definition of your own of. */
export const schemes: Readonly<Record<PresetName, SchemeDefinition>> = presets;
