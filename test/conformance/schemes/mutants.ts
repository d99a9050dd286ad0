import { createHmac } from 'node:crypto';
import { profiles, type Profile } from './profiles.js';
import { isNumber, type Entry, type Steps } from './receiver.js';

/** A receiver that is wrong in one way. */
interface Mutant {
  /** What it does, after "a receiver that". */
  name: string;
  profile: Profile;
  changes: Partial<Steps>;
  /** The required and the advised cases that it fails. */
  failed: readonly string[];
  /** The ids of the causes that are found for it. */
  causes: readonly string[];
}

const { slack, stripe, zoom, sanity } = profiles;
const standard = profiles['standard-webhooks'];
const limit = 5 * 60_000;

const age = (timestamp: string | undefined, unit = 1000): number => Date.now() - Number(timestamp) * unit;
const prefixed = (before: string, body: Buffer): Buffer => Buffer.concat([Buffer.from(before), body]);

const isFirst = ({ version }: Entry): boolean => version === 'v1';
const isNewer = ({ version }: Entry): boolean => /^v[2-9]$/.test(version);

export const mutants: readonly Mutant[] = [
  {
    name: 'checks no age',
    profile: slack,
    changes: { isTimely: timestamp => isNumber(timestamp) && age(timestamp) >= -limit },
    failed: ['stale'],
    causes: ['age-unchecked'],
  },
  {
    name: 'accepts any time in the future',
    profile: slack,
    changes: { isTimely: timestamp => isNumber(timestamp) && age(timestamp) <= limit },
    failed: ['future', 'wrong-unit'],
    causes: ['future-unchecked'],
  },
  {
    name: 'looks at no time at all',
    profile: stripe,
    changes: { isTimely: timestamp => isNumber(timestamp) },
    failed: ['stale'],
    causes: ['age-unchecked'],
  },
  {
    name: 'takes seconds for milliseconds',
    profile: standard,
    changes: { isTimely: timestamp => Math.abs(age(timestamp, 1)) <= limit },
    failed: ['valid'],
    causes: ['timestamp-unit'],
  },
  {
    name: 'takes seconds and milliseconds',
    profile: slack,
    changes: {
      isTimely: timestamp => isNumber(timestamp) && [1, 1000].some(unit => Math.abs(age(timestamp, unit)) <= limit),
    },
    failed: ['wrong-unit'],
    causes: ['unit-guessed'],
  },
  {
    name: 'compares with a value that may not be a number',
    profile: slack,
    changes: { isTimely: timestamp => !(Math.abs(age(timestamp)) > limit) },
    failed: ['timestamp-not-a-time'],
    causes: ['age-of-some-only'],
  },
  {
    name: 'checks a timestamp only if there is one',
    profile: slack,
    changes: {
      isTimely: timestamp => !timestamp || (isNumber(timestamp) && Math.abs(age(timestamp)) <= limit),
      contents: ({ timestamp = '' }, body) => [prefixed(`v0:${timestamp}:`, body)],
    },
    failed: ['timestamp-missing', 'timestamp-empty'],
    causes: ['age-of-some-only'],
  },
  {
    name: 'reads a timestamp without its sign',
    profile: slack,
    changes: { isTimely: timestamp => Math.abs(age(/\d+/.exec(timestamp ?? '')?.[0])) <= limit },
    failed: ['timestamp-negative'],
    causes: ['age-of-some-only'],
  },
  {
    name: 'fails on an invalid timestamp',
    profile: slack,
    changes: { isTimely: timestamp => Math.abs(Number(BigInt(timestamp ?? '')) * 1000 - Date.now()) <= limit },
    failed: ['timestamp-not-a-time'],
    causes: ['timestamp-throws'],
  },
  {
    name: 'looks for a time that fits',
    profile: sanity,
    changes: {
      contents: ({ timestamp }, body) =>
        // A large body would take longer than anyone waits.
        Array.from({ length: body.length > 10_000 ? 0 : 2000 }, (_, index) =>
          prefixed(`${Number(timestamp) - 3_600_000 - 1000 + index}.`, body),
        ).concat(prefixed(`${timestamp ?? ''}.`, body)),
    },
    failed: ['timestamp-tampered'],
    causes: ['timestamp-unsigned'],
  },
  {
    name: 'takes a part of the id',
    profile: standard,
    changes: {
      contents: ({ id, timestamp = '' }, body) =>
        id === undefined ? [] : [prefixed(`${id.slice(0, 36)}.${timestamp}.`, body)],
    },
    failed: ['id-tampered'],
    causes: ['id-unsigned'],
  },
  {
    name: 'needs no id',
    profile: standard,
    changes: { contents: ({ id = '', timestamp = '' }, body) => [prefixed(`${id}.${timestamp}.`, body)] },
    failed: ['id-missing'],
    causes: ['id-unsigned'],
  },
  {
    name: 'accepts signatures of the body alone, too',
    profile: stripe,
    changes: { contents: ({ timestamp = '' }, body) => [prefixed(`${timestamp}.`, body), body] },
    failed: ['body-alone'],
    causes: ['body-alone-accepted'],
  },
  {
    name: 'verifies the body alone',
    profile: stripe,
    changes: { contents: (_, body) => [body] },
    failed: ['valid'],
    causes: ['body-alone'],
  },
  {
    name: 'compares the first signature alone',
    profile: standard,
    changes: { chosen: ([first]) => (first?.version === 'v1' ? [first.digest] : []) },
    failed: ['second-signature', 'newer-version'],
    causes: ['first-signature-only'],
  },
  {
    name: 'compares the first signature of its version alone',
    profile: stripe,
    changes: { chosen: entries => entries.filter(({ version }) => version === 'v1').slice(0, 1).map(({ digest }) => digest) }, // prettier-ignore
    failed: ['second-signature'],
    causes: ['first-signature-only'],
  },
  {
    name: 'refuses a list with another version in it',
    profile: standard,
    changes: { chosen: entries => (entries.every(({ version }) => version === 'v1') ? entries.map(({ digest }) => digest) : []) }, // prettier-ignore
    failed: ['newer-version'],
    causes: ['first-signature-only'],
  },
  {
    name: 'compares signatures of any version',
    profile: standard,
    changes: { chosen: entries => entries.map(({ digest }) => digest) },
    failed: ['unknown-version'],
    causes: ['version-ignored'],
  },
  {
    name: 'accepts a list with nothing to compare',
    profile: standard,
    changes: {
      chosen: entries =>
        entries.filter(isNewer).length > 1 ? ['nothing'] : entries.filter(isFirst).map(({ digest }) => digest),
      matches: (given, expected) => given.some(one => one === 'nothing' || expected.includes(one)),
    },
    failed: ['no-known-version'],
    causes: ['nothing-compared'],
  },
  {
    name: 'uses the text of the secret as its key',
    profile: standard,
    changes: { key: ({ secret }) => Buffer.from(secret) },
    failed: ['valid'],
    causes: ['secret-undecoded'],
  },
  {
    name: 'verifies nothing',
    profile: slack,
    changes: { matches: () => true, isTimely: () => true, contents: () => [] },
    failed: [
      'unsigned empty-signature wrong-secret tampered tampered-newline truncated extended not-hex reserialised swapped',
      'stale future wrong-unit timestamp-not-a-time timestamp-negative timestamp-missing timestamp-empty',
      'timestamp-tampered body-alone two-signatures',
    ].flatMap(ids => ids.split(' ')),
    causes: ['verifies-nothing'],
  },
  {
    name: 'responds to a challenge as to an event',
    profile: slack,
    changes: { greet: () => undefined },
    failed: ['handshake'],
    causes: [],
  },
  {
    name: 'responds to a challenge with an HMAC of something else',
    profile: zoom,
    changes: {
      greet(json, { key }) {
        const { payload } = json as { payload?: { plainToken?: string } };
        if (payload?.plainToken === undefined) return undefined;
        const other = createHmac('sha256', key).update('another text').digest('hex');
        return { status: 200, body: payload.plainToken + other };
      },
    },
    failed: ['handshake'],
    causes: [],
  },
];
