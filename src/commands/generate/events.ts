import { setImmediate } from 'node:timers/promises';
import { loadEventMaker, type Recipe } from '../../event/maker.js';
import { timeOf } from '../../event/timestamp.js';
import type { Share } from '../../contract/values.js';
import type { Ports } from '../../contract/command.js';
import type { ShapeFlags } from '../payload/flags.js';
import { shaped } from '../payload/shaped.js';

export interface Plan extends ShapeFlags {
  recipe: Recipe;
  /** The number of courses. */
  count: number;
  /** The share of the courses to make; undefined for all. */
  share?: Share | undefined;
  /** Whether the statuses of each course are random. */
  isWalk: boolean;
}

export interface GeneratedEvent {
  /** Its position among all events of the plan, from 1, counting other shares. */
  seq: number;
  body: Uint8Array;
  /** The status before any change. */
  status: string;
  /** When the event was created. */
  time: Date;
}

/**
 * Returns the courses of a share, from `first` up to, but not including, `end`. All shares in order make up all courses
 * in order.
 */
function coursesOf({ count, share }: Pick<Plan, 'count' | 'share'>): { first: number; end: number } {
  const { part, of } = share ?? { part: 1, of: 1 };
  return { first: Math.floor((count * (part - 1)) / of), end: Math.floor((count * part) / of) };
}

/**
 * Makes courses lazily, one after the other, until the user stops it. Each event is one second after the previous one.
 */
export async function* eventsOf(
  plan: Plan,
  { environment: { signal }, reporting: { outputGone } }: Pick<Ports, 'environment' | 'reporting'>,
): AsyncGenerator<GeneratedEvent> {
  const {
    recipe: { seed, ...course },
    isWalk,
    set,
    unset,
    invalid,
  } = plan;
  const createMaker = await loadEventMaker();
  const maker = createMaker(seed);
  const { first, end } = coursesOf(plan);
  const isWanted = () => !signal.aborted && !outputGone.aborted;
  let made = 0;
  for (let index = 0; index < end && isWanted(); index += 1) {
    const now = timeOf(course.now, made);
    const statuses = (isWalk ? maker.walk(course) : undefined) ?? course.statuses;
    // A course's random values depend on all courses before it, so their values are drawn, too, but nothing else is
    // made.
    const bodies = maker.events({ ...course, statuses, now });
    if (index < first) await pauseAfterSome(index);
    else
      for (const [position, body] of bodies.entries()) {
        yield {
          seq: made + position + 1,
          body: await shaped(body, { set, unset }, { invalid }),
          status: statuses[position] ?? '',
          time: timeOf(now, position),
        };
      }
    made += statuses.length;
  }
}

/** Yields to the event loop: nothing is written meanwhile, and Ctrl-C has to work. */
const pauseAfterSome = (index: number): Promise<void> | undefined => (index % 100 === 99 ? setImmediate() : undefined);
