import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Behaviour } from '../receiver.js';
import type { Mutant } from './mutant.js';

interface Event {
  event: Record<string, string>;
  data: Record<string, unknown>;
}

const accepted: Answer = { status: 200 };
const refused: Answer = { status: 422 };

/** Refuses verified events that it considers odd. */
const refusing = (isOdd: (json: Event, contentType: string) => boolean) => (): Partial<Behaviour> => ({
  act: (json, { headers }) => (isOdd(json, headers['content-type'] ?? '') ? refused : accepted),
});

const statusOf = ({ data }: Event): string => String(data['customer_status']);
const versionOne = 'QUEUED REVIEWING APPROVED ASSOCIATED_PARTIES_REMAINING ON_HOLD REINITIATE REJECTED';
const versionTwo = 'PROCESSING IN_COMPLIANCE ACTION_REQUIRED';

/** Receivers that refuse what they must accept. */
export const accepting: readonly Mutant[] = [
  {
    name: 'refuses everything with 401',
    changes: () => ({ matches: () => false }),
    failed: ['valid'],
  },
  {
    name: 'returns 500 to everything',
    changes: () => ({ allows: () => { throw new Error('no'); } }), // prettier-ignore
    failed: ['valid'],
    causes: ['valid-crashes'],
  },
  {
    name: 'redirects accepted requests',
    changes: () => ({ act: () => ({ status: 307, headers: { location: '/' } }) }),
    failed: ['valid'],
    causes: ['redirect'],
  },
  {
    name: 'drops every connection',
    changes: () => ({ allows: () => { throw new Error('no'); }, fail: () => 'drop' }), // prettier-ignore
    failed: ['valid'],
  },
  {
    name: 'never responds',
    changes: () => ({ act: () => new Promise(() => undefined) }),
    failed: ['valid'],
    timeout: 100,
  },
  {
    name: 'knows only the V1 names',
    changes: refusing(json => json.event['type'] === 'customer.status' && !versionOne.includes(statusOf(json))),
    failed: ['every-status', 'unknown-status'],
    causes: ['fixed-statuses'],
  },
  {
    name: 'has an enumeration of statuses',
    changes: refusing(
      json => json.event['type'] === 'customer.status' && !`${versionOne} ${versionTwo}`.includes(statusOf(json)),
    ),
    failed: ['unknown-status'],
    causes: ['fixed-statuses'],
  },
  {
    name: 'demands a first name',
    changes: refusing(({ event, data }) => event['type'] === 'customer.status' && !('first_name' in data)),
    failed: ['business'],
  },
  {
    name: 'demands a phone number',
    changes: refusing(({ event, data }) => event['type'] === 'customer.status' && !('phone' in data)),
    failed: ['trimmed'],
    causes: ['strict-schema'],
  },
  {
    name: 'expects event to come first',
    changes: refusing(json => Object.keys(json)[0] !== 'event'),
    failed: ['reordered'],
  },
  {
    name: 'reads the body as latin1',
    changes: () => ({ verified: body => body.toString('latin1') }),
    failed: ['escaped'],
  },
  {
    name: 'parses times with six digits alone',
    changes: refusing(({ event }) => !/\.\d{6}Z$/.test(event['created_at'] ?? '')),
    failed: ['long-fraction'],
  },
  {
    name: 'takes the zero time for a mistake',
    changes: refusing(({ data }) => String(data['created_at']).startsWith('0001')),
    failed: ['year-one'],
  },
  {
    name: 'has a strict schema',
    changes: refusing(json => Object.keys(json).length > 2),
    failed: ['extra-fields'],
    causes: ['strict-schema'],
  },
  {
    name: 'refuses other events',
    changes: refusing(({ event }) => event['type'] !== 'customer.status'),
    failed: [],
    causes: ['strict-schema'],
    advice: ['unknown-event'],
  },
  {
    name: 'looks for lower-case header names in the raw ones',
    changes: () => ({
      signatureOf: ({ rawHeaders }) => {
        const places = rawHeaders.flatMap((name, index) => (name === 'x-fin-signature' ? [index] : []));
        return places.length === 1 ? rawHeaders[(places[0] ?? 0) + 1] : undefined;
      },
    }),
    failed: ['header-case'],
    causes: ['header-name-compared'],
  },
  {
    name: 'takes a body without a length for empty',
    changes: () => ({
      read: request => (request.headers['content-length'] ? buffer(request) : Promise.resolve(Buffer.alloc(0))),
    }),
    failed: ['chunked'],
  },
  {
    name: 'compares the whole content type',
    changes: refusing((_, type) => !['application/json', 'text/plain'].includes(type)),
    failed: ['charset'],
  },
  {
    name: 'returns 409 to a duplicate',
    changes: () => {
      const seen = new Set<string>();
      return { act: ({ event: { id = '' } }: Event) => (seen.size < seen.add(id).size ? accepted : { status: 409 }) };
    },
    failed: ['duplicate', 'parallel-duplicate'],
  },
  {
    name: 'returns 500 to a copy of the event it is processing',
    changes: () => {
      const open = new Set<string>();
      return {
        act: async ({ event: { id = '' } }: Event) => {
          if (open.has(id)) return { status: 500 };
          open.add(id);
          await sleep(40);
          open.delete(id);
          return accepted;
        },
      };
    },
    failed: ['parallel-duplicate'],
  },
  {
    name: 'refuses events older than the last one',
    changes: () => {
      let newest = '';
      return {
        act: ({ event: { created_at: time = '' } }: Event) => {
          const isOld = time.slice(0, 19) < newest;
          if (!isOld) newest = time.slice(0, 19);
          return isOld ? { status: 409 } : accepted;
        },
      };
    },
    failed: ['out-of-order'],
  },
  {
    name: 'fails on bodies over 128 KiB',
    changes: () => ({
      verified: body => {
        if (body.length > 128 * 1024) throw new Error('too large');
        return body;
      },
    }),
    failed: ['large'],
  },
  {
    name: 'takes its time',
    changes: () => ({ act: () => sleep(10, accepted) }),
    failed: [],
    advice: ['fast'],
    maxTime: 2,
  },
  {
    name: 'takes the first piece of a body for all of it',
    changes: () => ({ read: async (request: IncomingMessage) => ((await once(request.once('end', () => request.emit('data', Buffer.alloc(0))), 'data')) as [Buffer])[0] }), // prettier-ignore
    failed: ['chunked', 'large', 'slow-body'],
  },
];
