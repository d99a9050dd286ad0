import { buffer } from 'node:stream/consumers';
import type { Behaviour } from '../receiver.js';
import { right } from '../receiver.js';
import type { Mutant } from './mutant.js';

const fail = (): never => {
  throw new Error('crashed');
};

/** Fails on bodies of one kind. */
const crashingOn = (isKind: (body: Buffer) => boolean) => (): Partial<Behaviour> => ({
  parse: body => (isKind(body) ? fail() : right.parse(body)),
});

const depthOf = (value: unknown): number => (Array.isArray(value) ? 1 + Math.max(0, ...value.map(depthOf)) : 0);

interface Event {
  event: { type: string };
  data: Record<string, unknown>;
}

/** Like a careless merge. */
function merge(target: Record<string, unknown>, source: object): Record<string, unknown> {
  for (const [key, value] of Object.entries(source)) target[key] = value;
  return target;
}

/** Receivers that don't survive what others send. */
export const surviving: readonly Mutant[] = [
  {
    name: 'never catches a parser’s exceptions',
    changes: () => ({
      parse: body => {
        try {
          return right.parse(body);
        } catch {
          return fail();
        }
      },
    }),
    failed: ['not-json', 'empty-body', 'truncated-json', 'invalid-utf8', 'nul'],
    causes: ['parsing-throws'],
  },
  {
    name: 'drops the connection on invalid JSON',
    changes: () => ({ ...crashingOn(body => body.toString().startsWith('this'))(), fail: () => 'drop' }),
    failed: ['not-json'],
    causes: ['parsing-throws'],
  },
  {
    name: 'reads keys of null',
    changes: () => ({ isEvent: json => Boolean((json as Event).event) }),
    failed: ['json-null'],
    advice: ['no-data', 'wrong-types'],
  },
  {
    name: 'reads event without looking',
    changes: () => ({ isEvent: () => true, act: (json: Event) => ({ status: json.event.type ? 200 : 400 }) }),
    failed: ['json-null', 'json-array', 'json-string', 'json-number', 'no-event', 'deep'],
    causes: ['shape-unchecked'],
    advice: ['no-data', 'wrong-types'],
  },
  {
    name: 'reads data without looking',
    changes: () => ({
      isEvent: () => true,
      act: (json: Event) => ({ status: json.data['customer_status'] ? 200 : 400 }),
    }),
    failed: ['json-null', 'json-array', 'json-string', 'json-number', 'no-data', 'deep'],
    causes: ['strict-schema', 'shape-unchecked'],
    advice: ['no-event', 'unknown-event'],
  },
  {
    name: 'takes a type for a text',
    changes: () => ({
      isEvent: json => right.isEvent(json) || typeof (json as Event | null)?.data === 'string',
      act: (json: Event) => ({ status: json.event.type.startsWith('x') ? 400 : 200 }),
    }),
    failed: ['wrong-types'],
  },
  {
    name: 'decodes UTF-8 leniently',
    changes: () => ({ parse: body => JSON.parse(body.toString()) as unknown }),
    failed: [],
    advice: ['invalid-utf8'],
  },
  {
    name: 'fails on bytes that are not UTF-8',
    changes: crashingOn(body => body.includes(0xff)),
    failed: ['invalid-utf8'],
  },
  { name: 'fails on a byte order mark', changes: crashingOn(body => body[0] === 0xef), failed: ['bom'] },
  { name: 'fails on NUL', changes: crashingOn(body => body.includes(0)), failed: ['nul'] },
  {
    name: 'walks into depths',
    changes: () => ({ isEvent: json => depthOf(json) < 10 && right.isEvent(json) }),
    failed: ['deep'],
    causes: ['depth-unlimited'],
  },
  {
    name: 'turns every number into a big one',
    changes: () => ({
      act: ({ data: { extra } }: Event) => ({ status: typeof extra === 'number' && BigInt(extra) < 0n ? 400 : 200 }),
    }),
    failed: ['huge-number'],
  },
  {
    name: 'fails on a duplicate key',
    changes: crashingOn(body => body.toString().split('"customer_status"').length > 2),
    failed: ['duplicate-keys'],
  },
  {
    name: 'merges the parsed body into another object',
    changes: () => ({ act: ({ data }: Event) => ({ status: merge({}, data)['isAdmin'] ? 500 : 200 }) }),
    failed: ['prototype'],
  },
  {
    name: 'has no body if the content type is different',
    changes: () => ({
      act: (_, { headers }) => ({ status: headers['content-type'] === 'text/plain' ? 500 : 200 }),
    }),
    failed: ['text-plain'],
    causes: ['content-type-needed'],
  },
  {
    name: 'is broken by a request that ends early',
    changes: () => {
      let isBroken = false;
      return {
        read: async request => {
          if (isBroken) fail();
          try {
            return await buffer(request);
          } catch {
            isBroken = true;
            return fail();
          }
        },
      };
    },
    failed: ['aborted', 'still-alive'],
  },
  {
    name: 'has a different body for every failure',
    changes: () => ({
      ...crashingOn(body => body.includes(0))(),
      fail: error => ({ status: 400, body: String(error instanceof Error ? error.stack : '') }),
    }),
    failed: ['leak-internals'],
    causes: ['error-page'],
  },
];
