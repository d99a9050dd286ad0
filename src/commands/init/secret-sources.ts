/** Where `init` lets a secret be. */
export const secretSources = ['development', 'variable', 'file', 'dotenv'] as const;

export type SecretSource = (typeof secretSources)[number];
