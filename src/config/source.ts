/** Variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Where a value came from. */
export type Source =
  | { kind: 'flag'; name: string }
  | { kind: 'variable'; name: string }
  | { kind: 'dotenv'; name: string; file: string }
  | { kind: 'profile'; name: string; file: string }
  | { kind: 'file'; file: string }
  | { kind: 'scheme'; name: string }
  | { kind: 'default' };
