import type { Case } from '../case.js';
import { accepts } from './accepts.js';
import { refusesConfusions } from './confusions.js';
import { leaks } from './leaks.js';
import { refuses } from './refuses.js';
import { acceptsRepeats } from './repeats.js';
import { survives } from './survives.js';

/** In the order in which they run. */
export const cases: readonly Case[] = [
  ...accepts,
  ...acceptsRepeats,
  ...refuses,
  ...refusesConfusions,
  ...survives,
  ...leaks,
];
