/** The formats in which bodies are read. */
export const inputFormats = ['json', 'ndjson', 'recording'] as const;

export type InputFormat = (typeof inputFormats)[number];

/** The formats that have one body on each line, and can be streamed. */
export type LineFormat = Exclude<InputFormat, 'json'>;

/** The formats in which bodies are written. */
export const bodyFormats = ['json', 'ndjson'] as const;

/** The formats in which whole requests are written. */
export const requestFormats = ['http', 'curl', 'har', 'vegeta', 'wrk', 'k6', 'artillery'] as const;

export const outputFormats = [...bodyFormats, ...requestFormats] as const;

export type BodyFormat = (typeof bodyFormats)[number];

export type RequestFormat = (typeof requestFormats)[number];

export type OutputFormat = BodyFormat | RequestFormat;

export const isBodyFormat = (format: OutputFormat): format is BodyFormat => bodyFormats.some(name => name === format);
