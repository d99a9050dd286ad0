import { loadEventMaker, type Recipe } from '../../event/maker.js';
import { timeOf } from '../../event/timestamp.js';
import type { Ports } from '../../contract/command.js';
import type { ShapeFlags } from '../payload/flags.js';
import { shaped } from '../payload/shaped.js';

export interface Plan extends ShapeFlags {
  recipe: Recipe;
  /** The number of courses. */
  count: number;
  /** Whether the statuses of each course are random. */
  isWalk: boolean;
}

export interface GeneratedEvent {
  body: Uint8Array;
  /** The status before any change. */
  status: string;
  /** When the event was created. */
  time: Date;
}

/** Makes one course after the other when it is wanted, until the user stops it. Each event comes a second after the one before. */
export async function* eventsOf(
  { recipe: { seed, ...course }, count, isWalk, set, unset, invalid }: Plan,
  { environment: { signal }, reporting: { outputGone } }: Pick<Ports, 'environment' | 'reporting'>,
): AsyncGenerator<GeneratedEvent> {
  const createMaker = await loadEventMaker();
  const maker = createMaker(seed);
  const isWanted = () => !signal.aborted && !outputGone.aborted;
  let made = 0;
  for (let index = 0; index < count && isWanted(); index += 1) {
    const now = timeOf(course.now, made);
    const statuses = (isWalk ? maker.walk(course) : undefined) ?? course.statuses;
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
