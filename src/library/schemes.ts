import type { SchemeDefinition } from '../scheme/definition.js';
import { presets, type PresetName } from '../scheme/presets/index.js';

/**
 * The definitions of the schemes that ship with the package, by name: to inspect, or to base your own definition on.
 */
export const schemes: Readonly<Record<PresetName, SchemeDefinition>> = presets;
