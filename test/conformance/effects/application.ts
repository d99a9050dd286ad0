import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBehaviour, startHandler, type Answer } from '../receiver.js';

interface Event {
  event: { id: string; created_at: string };
  data: { customer_id: string; customer_status: string };
}

interface Customer {
  status: string;
  at: string;
  approvals: number;
}

/** What an application does with an event, in steps, each of which can go wrong. */
export interface Steps {
  /** Whether the event is the first with its id, which is remembered. */
  isFirst: (seen: Set<string>, id: string) => boolean | Promise<boolean>;
  isNewer: (customer: Customer, at: string) => boolean;
  /** Does the work now, or later. */
  schedule: (work: () => void) => void;
  /** Called before each response about the state. */
  onAsked: () => void;
  /** Whether the signature is checked before the work is done. */
  isVerifiedFirst: boolean;
  /** Whether an event gets its response, given its position among events that arrived for the first time. */
  isAnswered: (number: number, isFirst: boolean) => boolean;
  /** What the application shows of a customer. */
  shown: (customer: Customer) => string;
}

const right: Steps = {
  isFirst: (seen, id) => !seen.has(id) && seen.add(id).has(id),
  isNewer: (customer, at) => at >= customer.at,
  schedule: work => {
    work();
  },
  onAsked: () => undefined,
  isVerifiedFirst: true,
  isAnswered: () => true,
  shown: ({ status, approvals }) => `${status}|${approvals}`,
};

export interface Application {
  /** Where it receives webhooks. */
  url: string;
  /** The URL at which it shows its state: `/customers/<id>`, `/events/<id>`, `/total` and `/last`. */
  debug: string;
  asked: { path: string; headers: Record<string, unknown> }[];
}

/** Starts an application that counts approvals. In `folder`, it writes the state of each customer into a separate file. */
export async function startApplication(changes: Partial<Steps> = {}, folder?: string): Promise<Application> {
  const steps = { ...right, ...changes };
  const customers = new Map<string, Customer>();
  const seen = new Set<string>();
  let last = 'nobody';
  /** Returns whether the event was the first with its id. */
  const work = async ({ event, data }: Event): Promise<boolean> => {
    if (!(await steps.isFirst(seen, event.id))) return false;
    steps.schedule(() => {
      const known = customers.get(data.customer_id) ?? { status: '', at: '', approvals: 0 };
      if (!steps.isNewer(known, event.created_at)) return;
      const approvals = known.approvals + (data.customer_status === 'APPROVED' ? 1 : 0);
      customers.set(data.customer_id, { status: data.customer_status, at: event.created_at, approvals });
      last = data.customer_id;
      if (folder === undefined) return;
      writeFileSync(path.join(folder, data.customer_id), `${data.customer_status} ${approvals}\n`);
      appendFileSync(path.join(folder, 'log'), `${event.id}\n`);
    });
    return true;
  };
  const accepted: Answer = { status: 200 };
  const url = await startBehaviour(
    steps.isVerifiedFirst
      ? {
          act: async (json: Event) => {
            const isFirst = await work(json);
            return steps.isAnswered(seen.size, isFirst) ? accepted : new Promise(() => undefined);
          },
        }
      : {
          verified: body => {
            void work(JSON.parse(body.toString()) as Event);
            return body;
          },
        },
  );
  const total = (): number => [...customers.values()].reduce((sum, { approvals }) => sum + approvals, 0);
  const asked: Application['asked'] = [];
  const pages: Readonly<Record<string, (id: string) => string | undefined>> = {
    customers: id => (customers.has(id) ? steps.shown(customers.get(id)!) : undefined),
    events: id => (seen.has(id) ? 'seen' : 'unknown'),
    total: () => `${total()} approvals`,
    last: () => `${total()} approvals, the last of ${last}`,
  };
  const debug = await startHandler((request, response) => {
    steps.onAsked();
    const [, page = '', id = ''] = (request.url ?? '').split(/[/?]/);
    asked.push({ path: request.url ?? '', headers: request.headers });
    const text = pages[page]?.(id);
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  return { url, debug: new URL(debug).origin, asked };
}
