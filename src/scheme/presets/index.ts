import type { SchemeDefinition } from '../definition.js';
import { fin } from './fin.js';

/** The schemes that ship with the program, by name: data alone, so that flags can name what it holds. */
export const presets = { fin } as const satisfies Readonly<Record<string, SchemeDefinition>>;

/** The one that is used where nothing else is asked for. */
export const defaultPreset: SchemeDefinition = presets.fin;
