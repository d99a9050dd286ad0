/** The allow-list. A header may pick from it, and from nothing else. Fin has only ever shown `sha256`. */
export const algorithms = ['sha256', 'sha384', 'sha512'] as const;

export type Algorithm = (typeof algorithms)[number];

export const defaultAlgorithm: Algorithm = 'sha256';

export const isAlgorithm = (name: string): name is Algorithm => (algorithms as readonly string[]).includes(name);

export const signatureHeader = 'x-fin-signature';
export const algorithmHeader = 'x-fin-signature-algorithm';
