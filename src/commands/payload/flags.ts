import type { Command as Commander } from 'commander';
import type { FlagRule } from '../../contract/flag-rules.js';
import type { EventName } from '../../event/catalogue.js';
import { customerTypes, type CustomerType } from '../../event/event.js';
import type { Shape } from '../../event/reshape.js';
import { offering, statuses } from '../../contract/completion-values.js';
import { assignment, event, names, oneOf, places, text, time, wholeNumber } from '../../contract/values.js';

/** The events to generate, as the flags name them. */
export interface CourseFlags extends Pick<Shape, 'customer' | 'now'> {
  event?: EventName;
  status?: readonly string[];
  /** Whether the statuses are a plausible course. */
  walk?: boolean;
  type?: CustomerType;
  seed?: number;
  allowUnknown?: boolean;
}

/** The changes to a payload. */
export interface ShapeFlags extends Pick<Shape, 'set' | 'unset'> {
  /** Whether an invalid payload is allowed. */
  invalid?: boolean | undefined;
}

export const courseFlags = (command: Commander): Commander =>
  command
    .option(
      '-s, --status <names>',
      'Generate one event per status: QUEUED,APPROVED',
      offering({ candidates: statuses }, names),
    )
    .option('-e, --event <type>', 'Generate this event (default: customer.status)', event)
    .option('--walk', 'Generate a realistic sequence of statuses')
    .option('--type <type>', 'INDIVIDUAL or BUSINESS (default: INDIVIDUAL)', oneOf('customer type', customerTypes))
    .option('--customer <id>', 'Use this customer id (default: random)', text)
    .option('--seed <number>', 'Seed for reproducible events; set --now as well', wholeNumber(0, 2 ** 32 - 1))
    .option('--now <time>', 'Time of the first event (default: now)', time)
    .option('--allow-unknown', "Allow a status that isn't documented");

/** Rules between these flags. */
export const courseRules: readonly FlagRule[] = [
  { conflict: ['--walk', '--status'], hint: '--walk chooses the statuses itself' },
];

export const shapeFlags = (command: Commander): Commander =>
  command
    .option('--set <path=value>', 'Set a payload value (JSON or text); repeatable', assignment)
    .option('--unset <path>', 'Remove a payload key; repeatable', places)
    .option('--invalid', 'Allow an invalid payload');

/** The flags above and those `send` adds, with the attributes of the parsed options. */
export const catalogueFlags = [
  ...['event', 'status', 'walk', 'type', 'customer', 'seed', 'now', 'set', 'unset', 'invalid', 'fixture', 'edit'].map(
    attribute => ({ attribute, flag: `--${attribute}` }),
  ),
  { attribute: 'allowUnknown', flag: '--allow-unknown' },
];
