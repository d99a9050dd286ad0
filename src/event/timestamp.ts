/** RFC 3339 in UTC with six fraction digits, like most of Fin's times. */
export const microseconds = (time: Date): string => time.toISOString().replace('Z', '000Z');

/** RFC 3339 with nine fraction digits, like some of Fin's times. */
export const nanoseconds = (time: Date): string => time.toISOString().replace('Z', '000000Z');

/** RFC 3339 without a fraction. */
export const seconds = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

/** Whole seconds since 1970. */
export const unixTime = (time: Date): number => Math.floor(time.getTime() / 1000);

/** Returns the time of the event at `position`, from 0. Events are one second apart. */
export const timeOf = (first: Date, position: number): Date => new Date(first.getTime() + position * 1000);
