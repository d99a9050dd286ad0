import { presets } from './presets/index.js';
import { Scheme } from './scheme.js';

/** The schemes that ship with the program, ready to sign and verify. */
export const schemes: Readonly<Record<keyof typeof presets, Scheme>> = {
  fin: new Scheme('fin', presets.fin),
};

export const defaultScheme = schemes.fin;
