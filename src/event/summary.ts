import { catalogue, eventNames, isEventName } from './catalogue.js';
import { jsonIn } from '../json/parse.js';
import { valueAt } from '../json/value-at.js';

/** The parts of an event that may be shown, because they aren't personal. Texts are as received, cut to 100 characters. */
export interface EventSummary {
  type?: string;
  id?: string;
  /** The id of what the event is about: the customer's in `customer.status`. */
  referenceId?: string;
  status?: string;
}

/** Reads as much as it can; `json` may be anything. */
export function summarise(json: unknown): EventSummary {
  const event = valueAt(json, ['event']);
  const type = textAt(event, ['type']);
  const summary: EventSummary = {};
  note(summary, 'type', type);
  note(summary, 'id', textAt(event, ['id']));
  note(summary, 'referenceId', textAt(event, ['event_reference_id']));
  const paths = isEventName(type) ? [catalogue[type].status.path] : statusPaths;
  note(
    summary,
    'status',
    paths.map(path => textAt(json, path)).find(text => text !== undefined),
  );
  return summary;
}

/** The paths at which an unknown event may have its status: those of the known events, in their order. */
const statusPaths = eventNames
  .map(name => catalogue[name].status.path)
  .filter((path, index, all) => path.length > 0 && all.findIndex(each => each.join() === path.join()) === index);

function note(summary: EventSummary, key: keyof EventSummary, text: string | undefined): void {
  if (text !== undefined) summary[key] = text.slice(0, 100);
}

function textAt(json: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(json, path);
  return typeof value === 'string' ? value : undefined;
}

/** Summarises the bytes of an event; the summary is empty if they aren't JSON. */
export const summariseBody = (body: Uint8Array): EventSummary => summarise(jsonIn(body));
