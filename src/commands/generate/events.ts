import { UsageError } from '../../errors.js';
import type { Course, EventMaker, Recipe } from '../../event/generate.js';
import { timeOf } from '../../event/timestamp.js';
import type { Context } from '../command.js';
import type { ShapeFlags } from '../payload/flags.js';
import { shaped } from '../payload/shaped.js';

export interface Plan extends ShapeFlags {
  recipe: Recipe;
  /** How many courses. */
  count: number;
  /** Whether their statuses are left to chance. */
  isWalk: boolean;
}

export interface GeneratedEvent {
  body: Uint8Array;
  /** As it was made, whatever a change has made of it. */
  status: string;
  /** When it was created. */
  time: Date;
}

/** Course after course, each when its turn comes, until the user has had enough. Each event comes a second after the one before. */
export async function* eventsOf(
  { recipe: { seed, ...course }, count, isWalk, set, unset, invalid }: Plan,
  { signal, outputGone }: Pick<Context, 'signal' | 'outputGone'>,
): AsyncGenerator<GeneratedEvent> {
  const { createEventMaker } = await import('../../event/generate.js');
  const maker = createEventMaker(seed);
  const isWanted = () => !signal.aborted && !outputGone.aborted;
  let made = 0;
  for (let index = 0; index < count && isWanted(); index += 1) {
    const now = timeOf(course.now, made);
    const statuses = isWalk ? walk(maker, course) : course.statuses;
    made += statuses.length;
    for (const [position, body] of maker.events({ ...course, statuses, now }).entries()) {
      yield {
        body: await shaped(body, { set, unset }, { invalid }),
        status: statuses[position] ?? '',
        time: timeOf(now, position),
      };
    }
  }
}

function walk(maker: EventMaker, course: Course): readonly string[] {
  const statuses = maker.walk(course);
  if (statuses) return statuses;
  throw new UsageError(`--walk: no course of ${course.event} is known`, {
    hint: `one is known of ${maker.walkingEvents.join(', ')}`,
  });
}
