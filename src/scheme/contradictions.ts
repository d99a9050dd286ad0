import { isSendable, isToken, isWrittenByClient, withoutBlanks, type Header } from '../http/header.js';
import { statusSet } from '../http/status-set.js';
import { milliseconds } from '../text/duration.js';
import {
  headerNamesOf,
  headersOf,
  secretFormOf,
  type Encoding,
  type SchemeDefinition,
  type TimestampUnit,
} from './definition.js';
import { createSignatureForm } from './signature-header.js';
import { hasPart, headersIn, hasStrayBrace, unknownPartsOf } from './template.js';

/** A contradiction in a definition. */
export interface Contradiction {
  /** Its place in the definition. */
  path: readonly string[];
  /** A clause whose subject is the value at this place. */
  words: string;
  hint?: string;
}

/** Finds contradictions in a definition that has the right shape. */
export const contradictionsIn = (definition: SchemeDefinition): Contradiction[] =>
  rules.flatMap(rule => [...rule(definition)]);

type Rule = (definition: SchemeDefinition) => Iterable<Contradiction>;

const rules: readonly Rule[] = [
  signatureList,
  listKeys,
  readBack,
  algorithms,
  ed25519Keys,
  template,
  signedHeaders,
  headers,
  sampleHeaders,
  durations,
  places,
];

function* signatureList({ signature: { list, pair, key } }: SchemeDefinition): Iterable<Contradiction> {
  const parts = Object.entries({ list, pair, key });
  if (parts.every(([, value]) => value === undefined)) return;
  for (const [name, value] of parts) {
    if (value) continue;
    const path = ['signature', ...(value === '' ? [name] : [])];
    yield { path, words: `needs ${name}`, hint: 'list, pair and key belong together, such as "," "=" and "v1"' };
  }
}

function* listKeys({ signature, timestamp }: SchemeDefinition): Iterable<Contradiction> {
  const { list, key, ed25519 } = signature;
  if (ed25519 !== undefined && list === undefined)
    yield {
      path: ['signature', 'ed25519'],
      words: 'needs list, pair and key',
      hint: 'it is the key of the ed25519 entries',
    };
  if (timestamp?.key !== undefined && list === undefined)
    yield {
      path: ['timestamp', 'key'],
      words: 'needs a list in signature',
      hint: 'for a separate header: timestamp.header',
    };
  const keys = [key, ed25519, timestamp?.key].filter(name => name !== undefined);
  if (new Set(keys).size < keys.length)
    yield {
      path: ['signature'],
      words: 'has the same key for two things',
      hint: 'each kind of entry needs its own key',
    };
}

function* readBack(definition: SchemeDefinition): Iterable<Contradiction> {
  if ([...signatureList(definition), ...listKeys(definition)].length > 0) return;
  const kinds = definition.signature.ed25519 === undefined ? [false] : [false, true];
  const flaw = kinds.map(isEd25519 => readBackFlaw(definition, isEd25519)).find(found => found !== undefined);
  if (flaw) yield { path: ['signature'], ...flaw };
}

function readBackFlaw(
  { signature, timestamp }: SchemeDefinition,
  isEd25519: boolean,
): Omit<Contradiction, 'path'> | undefined {
  const form = createSignatureForm({ signature, timestamp });
  const digest = everyCharacter.digests[signature.encoding ?? 'hex'];
  const time = timestamp?.key === undefined ? '' : everyCharacter.timestamps[timestamp.unit ?? 's'];
  const value = form.write(digest, { timestamp: time, isEd25519 });
  if (!isSendable(['x', value])) return { words: "can't be written in a header", hint: 'a header is one line of text' };
  // HTTP cuts off the blanks around a value.
  const read = form.read(withoutBlanks(value));
  const [own] = isEd25519 ? read.ed25519 : read.signatures;
  if (own === digest && read.timestamp === time) return undefined;
  const hint = 'list and pair must not be part of a key, a digest or a timestamp';
  return { words: "can't be read back as written", hint };
}

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Writing and reading these values reveals a separator that occurs in them. */
const everyCharacter: {
  digests: Readonly<Record<Encoding, string>>;
  timestamps: Readonly<Record<TimestampUnit, string>>;
} = {
  digests: {
    hex: '0123456789abcdef',
    base64: `${lettersAndDigits}+/==`,
    base64url: `${lettersAndDigits}-_`,
  },
  timestamps: { s: '0123456789', ms: '0123456789', rfc3339: '2345-06-17T08:09:10.123Z' },
};

function* algorithms({ algorithm, algorithmHeader }: SchemeDefinition): Iterable<Contradiction> {
  if (algorithmHeader && algorithm !== undefined && algorithm !== `hmac-${algorithmHeader.values[0] ?? ''}`)
    yield { path: ['algorithm'], words: 'contradicts algorithmHeader', hint: 'the first of its values is the default' };
}

function* ed25519Keys(definition: SchemeDefinition): Iterable<Contradiction> {
  const { algorithm, secret, signature } = definition;
  if (algorithm === 'ed25519' && signature.ed25519 !== undefined)
    yield {
      path: ['signature', 'ed25519'],
      words: 'is only for schemes that also use HMAC',
      hint: 'signature.key is enough',
    };
  const { encoding, ed25519 } = secretFormOf(definition);
  if (encoding === 'text' && ed25519 !== 'never')
    yield {
      path: secret === undefined ? [algorithm === 'ed25519' ? 'algorithm' : 'signature'] : ['secret'],
      words: "needs binary keys: an ed25519 secret can't be text",
      hint: '"secret": "hex", "base64" or "whsec"',
    };
}

function* template(definition: SchemeDefinition): Iterable<Contradiction> {
  const { signed, timestamp } = definition;
  if (signed === undefined) return;
  const names = headerNamesOf(definition);
  for (const part of unknownPartsOf(signed))
    yield { path: ['signed'], words: `has an unknown part: ${part}`, hint: knownParts };
  if (hasStrayBrace(signed)) yield { path: ['signed'], words: 'has a stray brace', hint: knownParts };
  if (!hasPart(signed, 'body'))
    yield {
      path: ['signed'],
      words: 'has no {body}',
      hint: 'without it in the signature, anybody can change the body',
    };
  if (hasPart(signed, 'timestamp') && !timestamp)
    yield { path: ['signed'], words: 'signs {timestamp}, but no timestamp is defined', hint: 'add timestamp' };
  if (hasPart(signed, 'id') && names.id === undefined)
    yield { path: ['signed'], words: 'signs {id}, but no header has it', hint: 'add "id": { "header": "…" }' };
}

/** These headers don't exist yet when a request is signed. */
function* signedHeaders(definition: SchemeDefinition): Iterable<Contradiction> {
  const own = headersOf(definition);
  for (const name of headersIn(definition.signed ?? ''))
    if (own.includes(name) || name === 'host' || isWrittenByClient(name))
      yield {
        path: ['signed'],
        words: `signs {header.${name}}, which is added after the signature is made`,
        hint: 'for the time, the id and the address: {timestamp}, {id} and {url}',
      };
}

const knownParts = 'the parts are {body}, {id}, {timestamp}, {method}, {url} and {header.NAME}';

function* headers(definition: SchemeDefinition): Iterable<Contradiction> {
  const { signature, algorithmHeader, timestamp, id, event } = definition;
  const named: [string[], string | undefined][] = [
    [['signature', 'header'], signature.header],
    [['algorithmHeader', 'name'], algorithmHeader?.name],
    [['timestamp', 'header'], timestamp?.header],
    [['id', 'header'], typeof id === 'object' ? id.header : undefined],
    [['event', 'header'], typeof event === 'object' ? event.header : undefined],
  ];
  const seen = new Set<string>();
  for (const [path, name] of named) {
    if (name === undefined) continue;
    if (!isToken(name)) yield { path, words: "isn't the name of a header" };
    else if (isTaken(name)) yield { path, words: `can't be ${name}, which requests already use` };
    else if (seen.has(name.toLowerCase()))
      yield { path, words: `is ${name}, which is already used for something else` };
    seen.add(name.toLowerCase());
  }
}

const isTaken = (name: string): boolean => taken.has(name.toLowerCase()) || isWrittenByClient(name);

/** Headers that requests already have, with another meaning. */
const taken: ReadonlySet<string> = new Set(['host', 'content-type', 'user-agent']);

function* sampleHeaders(definition: SchemeDefinition): Iterable<Contradiction> {
  const own = headersOf(definition);
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(definition.sample?.headers ?? {})) {
    const words = sampleHeaderFlaw([name, value], { own, seen });
    if (words !== undefined) yield { path: ['sample', 'headers', name], words };
    seen.add(name.toLowerCase());
  }
}

function sampleHeaderFlaw(
  [name, value]: Header,
  { own, seen }: { own: readonly string[]; seen: ReadonlySet<string> },
): string | undefined {
  const lower = name.toLowerCase();
  if (!isToken(name)) return "isn't the name of a header";
  if (lower === 'host' || isWrittenByClient(name)) return 'is set by the HTTP client';
  if (own.includes(lower)) return 'contradicts the new signature';
  if (seen.has(lower)) return 'is given twice';
  return /^[\t\x20-\x7e]*$/.test(value) ? undefined : 'has to be one line of ASCII';
}

function* durations({ timestamp, timeout, accepts }: SchemeDefinition): Iterable<Contradiction> {
  const { past, future } = timestamp ?? {};
  const given: [string[], string | null | undefined][] = [
    [['timestamp', 'past'], past],
    [['timestamp', 'future'], future],
    [['timeout'], timeout],
  ];
  for (const [path, text] of given)
    if (typeof text === 'string' && !(milliseconds(text) >= 0))
      yield { path, words: `isn't a duration: "${text}"`, hint: 'write it like 250ms, 10s, 5m or 1h' };
  if (timeout !== undefined && (milliseconds(timeout) === 0 || milliseconds(timeout) > longest))
    yield { path: ['timeout'], words: 'has to be between 1ms and 24 days', hint: 'write it like 10s' };
  if (accepts !== undefined && !isStatusSet(accepts))
    yield { path: ['accepts'], words: `isn't a set of statuses: "${accepts}"`, hint: 'write it like 2xx or 200,204' };
}

/** The longest that Node's timers can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

function isStatusSet(text: string): boolean {
  try {
    statusSet(text);
    return true;
  } catch {
    return false;
  }
}

function* places({ id, event }: SchemeDefinition): Iterable<Contradiction> {
  for (const [name, place] of Object.entries({ id, event }))
    if (typeof place === 'string' && place.split('.').includes(''))
      yield { path: [name], words: "isn't a path into the body", hint: 'write it like data.id' };
}
