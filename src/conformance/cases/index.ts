import type { Case, DeliveryCase, ObservationCase } from '../case.js';
import { effects } from '../effects/cases.js';
import { accepts } from './accepts.js';
import { refusesConfusions } from './confusions.js';
import { leaks } from './leaks.js';
import { refuses } from './refuses.js';
import { acceptsRepeats } from './repeats.js';
import { survives } from './survives.js';

/** Those that need nothing but the receiver, in the order in which they run. */
export const cases: readonly (DeliveryCase | ObservationCase)[] = [
  ...accepts,
  ...acceptsRepeats,
  ...refuses,
  ...refusesConfusions,
  ...survives,
  ...leaks,
];

/** All of them. Those that look at the state come last: a run without them is the same in all else. */
export const allCases: readonly Case[] = [...cases, ...effects];
