import { jsonOf } from '../json/parse.js';
import { valueAt } from '../json/value-at.js';
import { catalogue, isEventName, type EventName } from './catalogue.js';
import { mentionIn, type Mention } from './customer-status/versions.js';
import { loadSchemas } from './inspect.js';
import { lint, unknownStatus } from './lint.js';
import { lookFor, type Look } from './look.js';

/** What one look at a body shows. */
export interface Glimpse {
  /** Whether there is a problem, or may be one, which an inspection would find. */
  isSuspicious: boolean;
  /** What may contradict other bodies. */
  mention?: Mention | undefined;
}

/** Looks at the text of an event, whose type has to be `type`, if given. */
export type Glance = (text: string, type?: string) => Glimpse;

/** Loads all schemas. A glance passes a valid event in a fraction of the time that its inspection takes. */
export async function loadGlance(): Promise<Glance> {
  const schemaOf = await loadSchemas();
  const looks = new Map<EventName, Look>();
  const make = (event: EventName): Look => {
    const look = lookFor(schemaOf(event));
    looks.set(event, look);
    return look;
  };
  return (text, given) => {
    const json = jsonOf(text);
    const type = given ?? valueAt(json, ['event', 'type']);
    if (!isEventName(type)) return suspicious;
    const look = looks.get(type) ?? make(type);
    const facts = catalogue[type];
    if (!look(json, text) || unknownStatus(json, facts).length > 0 || lint(json, facts).length > 0) return suspicious;
    return { isSuspicious: false, mention: mentionIn(json) };
  };
}

const suspicious: Glimpse = { isSuspicious: true };
