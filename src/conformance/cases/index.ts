import type { Case, DeliveryCase, ObservationCase } from '../case.js';
import { missingIn, type Traits } from '../features.js';
import { tailored } from '../tailor.js';
import { effects } from '../effects/cases.js';
import { accepts } from './accepts.js';
import { refusesConfusions } from './confusions.js';
import { acceptsHandshake } from './handshake.js';
import { leaks } from './leaks.js';
import { acceptsLists, refusesLists } from './lists.js';
import { refuses } from './refuses.js';
import { acceptsRepeats } from './repeats.js';
import { refusesStamps } from './stamps.js';
import { survives } from './survives.js';

/** Those that need nothing but the receiver, in the order in which they run. */
const cases: readonly (DeliveryCase | ObservationCase)[] = [
  ...accepts,
  ...acceptsRepeats,
  ...acceptsLists,
  ...acceptsHandshake,
  ...refuses,
  ...refusesConfusions,
  ...refusesStamps,
  ...refusesLists,
  ...survives,
  ...leaks,
];

/** All of them. Those that look at the state come last: a run without them is the same in all else. */
export const allCases: readonly Case[] = [...cases, ...effects];

/** Returns the cases that apply, with their texts and statuses for this scheme. */
export const casesFor = (traits: Traits): Case[] =>
  allCases.filter(({ features }) => missingIn(features, traits) === undefined).map(one => tailored(one, traits));
