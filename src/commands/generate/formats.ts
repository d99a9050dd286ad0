/** Of bodies alone. */
export const bodyFormats = ['json', 'ndjson'] as const;

/** Of whole requests. */
export const requestFormats = ['http', 'curl', 'har', 'vegeta', 'k6'] as const;

export const formats = [...bodyFormats, ...requestFormats] as const;

export type BodyFormat = (typeof bodyFormats)[number];

export type RequestFormat = (typeof requestFormats)[number];

export type Format = BodyFormat | RequestFormat;

export const isBodyFormat = (format: Format): format is BodyFormat => bodyFormats.some(name => name === format);
