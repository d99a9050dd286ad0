import { UnknownNameError, UsageError } from '../../errors.js';
import { catalogue, eventNames, usualEvent, type EventName } from '../../event/catalogue.js';
import { restOnlyStatus } from '../../event/customer-status/statuses.js';
import type { Recipe } from '../../event/generate.js';
import type { Ports } from '../command.js';
import type { CourseFlags } from './flags.js';

/** What the flags ask to generate; what they leave open is the usual, or made up. Throws UsageError. */
export function courseOf(
  flags: CourseFlags,
  { reporting: { warn }, clock: { now, randomBytes } }: Pick<Ports, 'reporting' | 'clock'>,
): Recipe {
  const { event = usualEvent } = flags;
  refuseForeignFlags(event, flags);
  const statuses = statusesOf(event, flags);
  if (event === 'customer.status' && statuses.includes(restOnlyStatus.name)) {
    warn(`${restOnlyStatus.name} is a status of Fin's REST API; no page on its webhooks lists it`);
  }
  return {
    ...{ event, statuses, type: flags.type ?? 'INDIVIDUAL', customerId: flags.customer },
    seed: flags.seed ?? Buffer.from(randomBytes(4)).readUInt32BE(),
    now: flags.now ?? now(),
  };
}

/** Flags that mean nothing to an event. Throws UsageError. */
export function refuseForeignFlags(event: EventName, { type, customer }: Pick<CourseFlags, 'type' | 'customer'>): void {
  const { hasCustomer, hasType } = catalogue[event];
  const eventsWith = (trait: 'hasCustomer' | 'hasType') => eventNames.filter(name => catalogue[name][trait]).join(', ');
  if (customer !== undefined && !hasCustomer)
    throw new UsageError(`--customer: ${event} names no customer`, { hint: `it is for ${eventsWith('hasCustomer')}` });
  if (type !== undefined && !hasType)
    throw new UsageError(`--type: ${event} has no type of customer`, { hint: `it is for ${eventsWith('hasType')}` });
}

function statusesOf(event: EventName, { status, allowUnknown }: CourseFlags): string[] {
  const { names } = catalogue[event].status;
  if (!status) return [names[0] ?? ''];
  if (names.length === 0) throw new UsageError(`${event} has no status`, { hint: 'leave out --status' });
  return status.map(text => {
    const name = sameName(text, names);
    if (name !== undefined || allowUnknown) return name ?? text;
    throw unknownStatus(text, event);
  });
}

const sameName = (text: string, names: readonly string[]): string | undefined =>
  names.find(name => name.toLowerCase() === text.toLowerCase());

function unknownStatus(text: string, event: EventName): UsageError {
  const { names: known } = catalogue[event].status;
  const owner = eventNames.find(name => sameName(text, catalogue[name].status.names) !== undefined);
  if (owner !== undefined)
    return new UsageError(`"${text}" isn't a status of ${event}`, { hint: `add --event ${owner}, which has it` });
  const hint = `documented are ${known.join(', ')}; --allow-unknown sends another one`;
  return new UnknownNameError('status', text, { known, hint });
}
