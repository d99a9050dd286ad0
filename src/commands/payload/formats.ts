/** Input formats of bodies. */
export const inputFormats = ['json', 'ndjson', 'recording'] as const;

export type InputFormat = (typeof inputFormats)[number];

/** Formats with one body per line, which can be streamed. */
export type LineFormat = Exclude<InputFormat, 'json'>;

/** Output formats of bodies. */
export const bodyFormats = ['json', 'ndjson'] as const;

/** Output formats of whole requests. */
export const requestFormats = ['http', 'curl', 'har', 'vegeta', 'wrk', 'k6', 'artillery'] as const;

export const outputFormats = [...bodyFormats, ...requestFormats] as const;

export type BodyFormat = (typeof bodyFormats)[number];

export type RequestFormat = (typeof requestFormats)[number];

export type OutputFormat = BodyFormat | RequestFormat;

export const isBodyFormat = (format: OutputFormat): format is BodyFormat => bodyFormats.some(name => name === format);
