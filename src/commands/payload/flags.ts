import type { Command as Commander } from 'commander';
import type { EventName } from '../../event/catalogue.js';
import { customerTypes, type CustomerType } from '../../event/customer-status/statuses.js';
import type { Shape } from '../../event/reshape.js';
import { offering, statuses } from '../completion-values.js';
import { assignment, event, names, oneOf, places, text, time, wholeNumber } from '../values.js';

/** Which events to generate, as the flags say it. */
export interface CourseFlags extends Pick<Shape, 'customer' | 'now'> {
  event?: EventName;
  status?: readonly string[];
  type?: CustomerType;
  seed?: number;
  allowUnknown?: boolean;
}

/** What to change in a payload. */
export interface ShapeFlags extends Pick<Shape, 'set' | 'unset'> {
  /** Whether what fits no schema is wanted. */
  invalid?: boolean | undefined;
}

export const courseFlags = (command: Commander): Commander =>
  command
    .option('-e, --event <type>', 'generate this event (default: customer.status)', event)
    .option(
      '-s, --status <names>',
      'generate an event for each of these statuses',
      offering({ candidates: statuses }, names),
    )
    .option('--type <type>', 'INDIVIDUAL or BUSINESS (default: INDIVIDUAL)', oneOf('customer type', customerTypes))
    .option('--customer <id>', 'id of the customer (default: made up)', text)
    .option('--seed <number>', 'the same seed and --now make the same bytes', wholeNumber(0, 2 ** 32 - 1))
    .option('--now <time>', 'when the first event was created (default: now)', time)
    .option('--allow-unknown', 'take a status that is not documented');

export const shapeFlags = (command: Commander): Commander =>
  command
    .option('--set <path=value>', 'change a value (JSON, or a text); repeatable', assignment)
    .option('--unset <path>', 'leave a key out; repeatable', places)
    .option('--invalid', 'take what does not fit the schema');
