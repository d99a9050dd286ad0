import { wholeNumber } from '../config/values.js';
import { InvalidValueError } from '../errors.js';
import { catalogue, eventNames } from '../event/catalogue.js';
import { statusSet, type StatusSet } from '../http/status-set.js';
import type { Range } from '../recording/select.js';
import { named, offering, repeatable } from './completion-values.js';
import { names } from './values.js';

/** Positions from 1 and ranges of them, separated by commas: `2,5,7-9`. */
export const positions = (list: string): readonly Range[] => names(list).map(rangeIn);

/** Collects positions from separate arguments. */
export const positionArguments = repeatable((list: string, earlier: readonly Range[] = []): readonly Range[] => [
  ...earlier,
  ...positions(list),
]);

function rangeIn(text: string): Range {
  const position = wholeNumber(1);
  const [, start, end] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (start === undefined || end === undefined) {
    const only = position(text);
    return { from: only, to: only };
  }
  const [from, to] = [position(start), position(end)];
  if (from <= to) return { from, to };
  throw new InvalidValueError(`"${text}" ends before it begins`, { hint: `write it like ${to}-${from}` });
}

/** A set of responses: `5xx`, `200,204`, or `none` for requests without a response. */
export interface AnswerSet {
  /** `status`: undefined if there was no response. */
  includes: (status: number | undefined) => boolean;
}

/** Parses classes, single statuses and `none`, separated by commas. */
export const answers = offering(
  { candidates: named(['2xx', '4xx', '5xx', 'none']), isList: true },
  (list: string): AnswerSet => {
    const parts = names(list.toLowerCase());
    const wanted = parts.filter(part => part !== 'none');
    const hasNone = wanted.length < parts.length;
    const set = wanted.length > 0 ? answerStatuses(wanted.join(), list) : undefined;
    return { includes: status => (status === undefined ? hasNone : (set?.includes(status) ?? false)) };
  },
);

function answerStatuses(statuses: string, given: string): StatusSet {
  try {
    return statusSet(statuses);
  } catch (cause) {
    if (!(cause instanceof InvalidValueError)) throw cause;
    throw new InvalidValueError(`"${given}" isn't a set of responses`, {
      hint: 'write it like 5xx, none or 200,204',
      cause,
    });
  }
}

/** Collects event types, of any sender. */
export const eventTypes = offering(
  {
    candidates: eventNames.map(name => ({ name, meaning: catalogue[name].summary })),
    isList: true,
    isRepeatable: true,
  },
  names,
);
