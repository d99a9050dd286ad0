/** What a file of bodies may be. */
export const bodyFormats = ['json', 'ndjson', 'recording'] as const;

export type BodyFormat = (typeof bodyFormats)[number];

/** What has a body on each line, and can be streamed. */
export type LineFormat = Exclude<BodyFormat, 'json'>;
