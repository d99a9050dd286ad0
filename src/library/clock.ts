import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports.js';

/** The date and the random bytes of this machine. */
export const systemClock: Clock = { now: () => new Date(), randomBytes: size => randomBytes(size) };
