/** RFC 3339 in UTC with six fraction digits, as Fin sends it. */
export const microseconds = (time: Date): string => time.toISOString().replace('Z', '000Z');

/** The time of the event at `position`, from 0: each comes a second after the one before. */
export const timeOf = (first: Date, position: number): Date => new Date(first.getTime() + position * 1000);
