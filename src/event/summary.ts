import { valuesOf, type Header } from '../http/header.js';
import { catalogue, eventNames, isEventName } from './catalogue.js';
import { jsonIn } from '../json/parse.js';
import { valueAt } from '../json/value-at.js';

/** The parts of an event that are safe to show, because they aren't personal. Texts are as received, cut to 100 characters. */
export interface EventSummary {
  type?: string;
  id?: string;
  /** The id of the event's subject, such as the customer's in `customer.status`. */
  referenceId?: string;
  status?: string;
  /** The signature scheme of an event that isn't in the catalogue. */
  scheme?: string;
}

/** Where another sender's events have their names and ids: a path into the body, or a header. */
export interface Places {
  /** The name of their scheme. */
  scheme: string;
  event?: string | { header: string } | undefined;
  id?: string | { header: string } | undefined;
}

type Summarise = (request: { headers: readonly Header[]; body: Uint8Array }) => EventSummary;

/** Returns a function that summarises requests. Without places, bodies are events of the catalogue. */
export const summariser = (places?: Places): Summarise =>
  places ? request => summariseForeign(request, places) : ({ body }) => summariseBody(body);

function summariseForeign({ headers, body }: Parameters<Summarise>[0], { scheme, event, id }: Places): EventSummary {
  const json = [event, id].some(place => typeof place === 'string') ? jsonIn(body) : undefined;
  const summary: EventSummary = { scheme };
  note(summary, 'type', textIn(event, { json, headers }));
  note(summary, 'id', textIn(id, { json, headers }));
  return summary;
}

function textIn(
  place: Places['event'],
  { json, headers }: { json: unknown; headers: readonly Header[] },
): string | undefined {
  if (typeof place === 'string') return textOf(valueAt(json, place.split('.')));
  return place && valuesOf(place.header.toLowerCase(), headers)[0];
}

/** Returns a function that reads another sender's event id in full, which summaries cut short; undefined without places. */
export const idReader = (places: Places | undefined) =>
  places &&
  (({ headers, body }: Parameters<Summarise>[0]): string | undefined =>
    textIn(places.id, { json: typeof places.id === 'string' ? jsonIn(body) : undefined, headers }));

/** Some senders number their events. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Reads what it can; `json` may be anything. */
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

/** The paths where an unknown event may have its status: those of the known events, in their order. */
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
