import { catalogue, loadAll, type EventName } from './catalogue.js';
import type { Traits } from './event.js';
import { microseconds, timeOf } from './timestamp.js';
import { valueAt } from '../json/value-at.js';

/** The events of one course, all about the same customer, transaction or other subject. */
interface Course extends Traits {
  event: EventName;
  /** One event per status, in this order; an empty status means an event without one. */
  statuses: readonly string[];
}

export interface Recipe extends Course {
  /** The same seed and time produce the same bytes. */
  seed: number;
}

export interface EventMaker {
  /** Returns one body for each status, as compact JSON in UTF-8. Each is one second newer than the previous one. */
  events: (course: Course) => Uint8Array[];
  /** Returns a plausible course of statuses, chosen at random; undefined if none is known. */
  walk: (traits: Pick<Course, 'event' | 'type'>) => string[] | undefined;
}

/**
 * Loads the generators of events. The returned function starts a maker from a seed; the same seed makes the same courses.
 * All makers share one source of random values, because seeding one takes as long as making an event: use only the latest maker.
 */
export async function loadEventMaker(): Promise<(seed: number) => EventMaker> {
  const [{ seedFiction, uuid, oneOf }, generators] = await Promise.all([import('./fiction.js'), loadAll('generator')]);
  const maker: EventMaker = {
    events({ event, statuses, ...traits }) {
      const { subject, envelope = usualEnvelope } = generators[event];
      const dataOf = subject(traits);
      const ids = statuses.map(uuid);
      return statuses.map((status, index) => {
        const time = timeOf(traits.now, index);
        const data = inOrder(dataOf(status, time));
        return bodyOf(event, { id: ids[index], data, envelope: envelope(time) });
      });
    },
    walk({ event, type }) {
      const walks = catalogue[event].walks?.(type);
      return walks && oneOf(walks).flatMap(step => oneOf(step));
    },
  };
  return seed => {
    seedFiction(seed);
    return maker;
  };
}

/** Makes the events of one course. */
export const generateEvents = async (recipe: Recipe): Promise<Uint8Array[]> =>
  (await generateCourse(recipe, { isWalk: false })).bodies;

/** The same, with their statuses; for a walk, the statuses of the chosen course, if one is known. */
export async function generateCourse(
  { seed, ...course }: Recipe,
  { isWalk }: { isWalk: boolean },
): Promise<{ statuses: readonly string[]; bodies: Uint8Array[] }> {
  const createMaker = await loadEventMaker();
  const maker = createMaker(seed);
  const statuses = (isWalk ? maker.walk(course) : undefined) ?? course.statuses;
  return { statuses, bodies: maker.events({ ...course, statuses }) };
}

interface Content {
  id: string | undefined;
  data: Record<string, unknown>;
  envelope: Record<string, unknown>;
}

function bodyOf(type: EventName, { id, data, envelope }: Content): Uint8Array {
  const reference = valueAt({ data }, catalogue[type].reference);
  return Buffer.from(JSON.stringify({ event: { id, event_reference_id: reference, type, ...envelope }, data }));
}

const usualEnvelope = (time: Date) => ({ created_at: microseconds(time), sandbox_mode: true });

/** Most of Fin's examples have the keys of `data` in alphabetical order. */
const inOrder = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).sort(([left], [right]) => (left < right ? -1 : 1)));
