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

/** Cases that need only the receiver, in the order they run. */
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

/** All cases. Those that compare the state come last, so that they don't affect the others. */
export const allCases: readonly Case[] = [...cases, ...effects];

/** Returns the cases that apply, with their texts and statuses for this scheme. */
export const casesFor = (traits: Traits): Case[] =>
  allCases.filter(({ features }) => missingIn(features, traits) === undefined).map(one => tailored(one, traits));
