/** What a file of bodies may be. */
export const bodyFormats = ['json', 'ndjson', 'recording'] as const;

export type BodyFormat = (typeof bodyFormats)[number];
