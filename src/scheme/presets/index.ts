import type { SchemeDefinition } from '../definition.js';
import { fin } from './fin.js';

/** The schemes that ship with the program, by name. They are data alone, so flags can show what they hold at no cost. */
export const presets = { fin } as const satisfies Readonly<Record<string, SchemeDefinition>>;

export const defaultPreset: SchemeDefinition = presets.fin;
