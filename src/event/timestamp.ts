/** RFC 3339 in UTC with six fraction digits, as most of Fin's times are. */
export const microseconds = (time: Date): string => time.toISOString().replace('Z', '000Z');

/** The same with nine, as in some places. */
export const nanoseconds = (time: Date): string => time.toISOString().replace('Z', '000000Z');

/** The same with none. */
export const seconds = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

/** Whole seconds since 1970. */
export const unixTime = (time: Date): number => Math.floor(time.getTime() / 1000);

/** The time of the event at `position`, from 0: each comes a second after the one before. */
export const timeOf = (first: Date, position: number): Date => new Date(first.getTime() + position * 1000);
