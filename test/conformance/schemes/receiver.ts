import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startHandler, type Answer } from '../receiver.js';
import type { Profile } from './profiles.js';

/** The facts about a request's signature. */
export interface Claim {
  timestamp: string | undefined;
  id: string | undefined;
  entries: readonly Entry[];
}

export interface Entry {
  version: string;
  digest: string;
}

/** A receiver in steps, each of which can go wrong. */
export interface Steps {
  key: (profile: Profile) => Buffer;
  isTimely: (timestamp: string | undefined, profile: Profile) => boolean;
  /** The signatures that are compared. */
  chosen: (entries: readonly Entry[], profile: Profile) => readonly string[];
  /** The possible signed contents. */
  contents: (claim: Claim, body: Buffer, profile: Profile) => readonly Buffer[];
  matches: (given: readonly string[], expected: readonly string[]) => boolean;
  greet: (json: object, profile: Profile) => Answer | undefined;
}

const rightSteps: Steps = {
  key: ({ key }) => key,
  isTimely: (timestamp, { time }) =>
    !time || (isNumber(timestamp) && isWithin(Number(timestamp) * time.unit - Date.now(), time)),
  chosen: (entries, { version }) => entries.filter(entry => entry.version === version).map(({ digest }) => digest),
  contents: (claim, body, { content }) => {
    const before = content(claim);
    return before === undefined ? [] : [Buffer.concat([Buffer.from(before), body])];
  },
  matches: (given, expected) => given.some(one => expected.some(other => isSame(one, other))),
  greet: (json, profile) => profile.greet?.(json, profile.key),
};

export const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d{1,15}$/.test(text);

const isWithin = (distance: number, { past, future }: NonNullable<Profile['time']>): boolean =>
  distance >= -past && distance <= future;

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

interface Message {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function answerTo({ headers, body }: Message, profile: Profile, steps: Steps): Answer {
  const claim = profile.claim(name => (headers[name] === undefined ? undefined : String(headers[name])));
  const digestOf = (content: Buffer) =>
    createHmac('sha256', steps.key(profile)).update(content).digest(profile.encoding);
  const expected = steps.contents(claim, body, profile).map(digestOf);
  const isSigned = steps.matches(steps.chosen(claim.entries, profile), expected);
  if (!isSigned || !steps.isTimely(claim.timestamp, profile)) return { status: 400 };
  const json = parsed(body);
  if (typeof json !== 'object' || json === null) return { status: 422 };
  return steps.greet(json, profile) ?? { status: 200 };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** Starts a receiver for a scheme on a free port, which stops after the test. */
export function startScheme(profile: Profile, changes: Partial<Steps> = {}): Promise<string> {
  const steps = { ...rightSteps, ...changes };
  const answerFor = async (request: IncomingMessage): Promise<Answer> => {
    if (request.method !== 'POST') return { status: 405 };
    try {
      return answerTo({ headers: request.headers, body: await buffer(request) }, profile, steps);
    } catch {
      return { status: 500 };
    }
  };
  return startHandler((request, response) => {
    void answerFor(request).then(({ status, body }) => response.writeHead(status).end(body));
  });
}
