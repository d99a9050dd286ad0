import type { SchemeDefinition } from '../definition.js';

/** Fin signs the raw body and nothing else. The only algorithm that its documentation shows is `sha256`. */
export const fin: SchemeDefinition = {
  signature: { header: 'x-fin-signature' },
  algorithmHeader: { name: 'x-fin-signature-algorithm', values: ['sha256', 'sha384', 'sha512'] },
};
