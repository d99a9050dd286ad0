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
  const [event, data] = [valueAt(json, ['event']), valueAt(json, ['data'])];
  const summary: EventSummary = {};
  note(summary, 'type', textAt(event, 'type'));
  note(summary, 'id', textAt(event, 'id'));
  note(summary, 'referenceId', textAt(event, 'event_reference_id'));
  note(summary, 'status', textAt(data, 'customer_status') ?? textAt(data, 'status'));
  return summary;
}

function note(summary: EventSummary, key: keyof EventSummary, text: string | undefined): void {
  if (text !== undefined) summary[key] = text.slice(0, 100);
}

function textAt(json: unknown, key: string): string | undefined {
  const value = valueAt(json, [key]);
  return typeof value === 'string' ? value : undefined;
}

/** The same from bytes; empty where they aren't JSON. */
export const summariseBody = (body: Uint8Array): EventSummary => summarise(jsonIn(body));
