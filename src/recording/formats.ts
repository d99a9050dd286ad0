export const captureFormats = ['recording', 'har', 'http'] as const;

export type CaptureFormat = (typeof captureFormats)[number];
