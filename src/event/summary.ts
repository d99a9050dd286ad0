import { catalogue, eventNames, isEventName } from './catalogue.js';
import { jsonIn } from './json.js';
import { valueAt } from './value-at.js';

/** What may be shown of an event: no personal data. Every text is as received, cut to 100 characters. */
export interface EventSummary {
  type?: string;
  id?: string;
  /** What the event is about: the customer's id in `customer.status`. */
  referenceId?: string;
  status?: string;
}

/** Reads what can be read; `json` may be anything. */
export function summarise(json: unknown): EventSummary {
  const [type, id, referenceId] = ['type', 'id', 'event_reference_id'].map(key => textAt(json, ['event', key]));
  const paths = isEventName(type) ? [catalogue[type].status.path] : statusPaths;
  const status = paths.map(path => textAt(json, path)).find(text => text !== undefined);
  return Object.fromEntries(
    Object.entries({ type, id, referenceId, status }).filter(([, value]) => value !== undefined),
  );
}

/** Where the status of an event that isn't known may stand: the places that known ones have, in their order. */
const statusPaths = eventNames
  .map(name => catalogue[name].status.path)
  .filter((path, index, all) => path.length > 0 && all.findIndex(each => each.join() === path.join()) === index);

function textAt(json: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(json, path);
  return typeof value === 'string' ? value.slice(0, 100) : undefined;
}

/** The same from bytes; empty where they aren't JSON. */
export const summariseBody = (body: Uint8Array): EventSummary => summarise(jsonIn(body));
