import { summariseBody } from '../../event/summary.js';
import type { GeneratedEvent } from './events.js';
import type { Form } from './forms.js';
import type { GeneratedReport } from './reports.js';

/** An event in its form. */
export type Item = Pick<GeneratedReport, 'type' | 'seq' | 'event' | 'bytes'> &
  Pick<GeneratedEvent, 'status'> & { text: string };

/** Puts events into a form, one after the other. */
export async function* itemsOf(events: AsyncIterable<GeneratedEvent>, form: Form): AsyncGenerator<Item> {
  for await (const event of events) {
    const { seq, body, status } = event;
    yield { type: 'generated', seq, event: summariseBody(body), bytes: body.length, status, text: form.text(event) };
  }
}
