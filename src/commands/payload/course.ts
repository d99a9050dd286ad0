import { UnknownNameError, UsageError } from '../../errors.js';
import {
  catalogue,
  eventNames,
  statusNamed,
  usualEvent,
  walkingEvents,
  type EventName,
} from '../../event/catalogue.js';
import { restOnlyStatus } from '../../event/customer-status/statuses.js';
import type { Recipe } from '../../event/maker.js';
import type { Ports } from '../../contract/command.js';
import type { CourseFlags } from './flags.js';

/** Returns what to generate: the flags' values, with defaults and random values for the rest. Throws UsageError. */
export function courseOf(
  flags: CourseFlags,
  { reporting, clock: { now, randomBytes } }: Pick<Ports, 'reporting' | 'clock'>,
): Recipe {
  const { event = usualEvent, type = 'INDIVIDUAL', customer: customerId } = flags;
  refuseForeignFlags(event, flags);
  const statuses = statusesOf(event, flags);
  if (event === 'customer.status' && statuses.includes(restOnlyStatus.name)) {
    reporting.warn(`${restOnlyStatus.name} is a status of Fin's REST API; no page on its webhooks lists it`);
  }
  const seed = flags.seed ?? Buffer.from(randomBytes(4)).readUInt32BE();
  return { event, statuses, type, customerId, seed, now: flags.now ?? now() };
}

/** Refuses flags that don't apply to an event. Throws UsageError. */
export function refuseForeignFlags(event: EventName, { type, customer }: Pick<CourseFlags, 'type' | 'customer'>): void {
  const { hasCustomer, hasType } = catalogue[event];
  const eventsWith = (trait: 'hasCustomer' | 'hasType') => eventNames.filter(name => catalogue[name][trait]).join(', ');
  if (customer !== undefined && !hasCustomer)
    throw new UsageError(`--customer: ${event} has no customer`, {
      hint: `it applies to ${eventsWith('hasCustomer')}`,
    });
  if (type !== undefined && !hasType)
    throw new UsageError(`--type: ${event} has no customer type`, { hint: `it applies to ${eventsWith('hasType')}` });
}

/** Throws UsageError for an event without a known plausible course. */
export function refuseUnknownWalk(event: EventName): void {
  if (walkingEvents.includes(event)) return;
  throw new UsageError(`--walk: ${event} has no known sequence of statuses`, {
    hint: `it applies to ${walkingEvents.join(', ')}`,
  });
}

function statusesOf(event: EventName, { status, allowUnknown }: CourseFlags): string[] {
  const { names } = catalogue[event].status;
  if (!status) return [names[0] ?? ''];
  if (names.length === 0) throw new UsageError(`${event} has no status`, { hint: 'leave out --status' });
  return status.map(text => {
    const name = statusNamed(event, text);
    if (name !== undefined || allowUnknown) return name ?? text;
    throw unknownStatus(event, text);
  });
}

function unknownStatus(event: EventName, text: string): UsageError {
  const { names: known } = catalogue[event].status;
  const owner = eventNames.find(name => statusNamed(name, text) !== undefined);
  if (owner !== undefined)
    return new UsageError(`"${text}" isn't a status of ${event}`, { hint: `add --event ${owner}, which has it` });
  const hint = `documented: ${known.join(', ')}; --allow-unknown allows others`;
  return new UnknownNameError('status', text, { known, hint });
}
