import { createHmac, type KeyObject } from 'node:crypto';
import type { Message, SignedValues } from '../../message.js';
import type { Scheme } from '../../scheme.js';
import { compileTemplate, hasPart, piecesOf, type Part } from '../../template.js';
import type { Finding, Mistake } from '../hypothesis.js';
import { isOwn, longerTemplates, ownRemedy } from './own.js';
import { nameOf, otherTemplates, shorterTemplates, type OtherTemplate } from './templates.js';
import { lostMilliseconds, otherIds, otherTimestamps, otherUrls, type OtherValue } from './values.js';

/** Content that may have been signed, around any body. */
export interface Composition {
  parts: readonly Part[];
  findings: readonly Finding[];
}

/**
 * The compositions of a request's signed content, each made when needed. A scheme that signs only the body has just
 * one.
 */
export interface Compositions {
  /** The scheme's own. */
  own: Composition;
  /** Without a part, or with the timestamp in another unit: the most likely mistakes. */
  usual: () => Iterable<Composition>;
  /** The most likely of these, which often come together with a mistake of another kind. */
  shorter: () => readonly Composition[];
  /** Every other one. */
  others: () => Iterable<Composition>;
  /** A thousand more, tried only for small bodies. */
  rare: () => Iterable<Composition>;
}

export function compositionsOf(scheme: Scheme, message: Message, values: SignedValues): Compositions {
  const { signed = '{body}', timestamp } = scheme.definition;
  const place = { scheme, message, values };
  const [timestamps, ids] = [hasPart(signed, 'timestamp'), hasPart(signed, 'id')];
  const own = isOwn(scheme);
  const fromTemplate = ({ template, mistake }: OtherTemplate) =>
    composed(template, [own ? { ...mistake, remedy: ownRemedy(scheme, template) } : mistake]);
  const fromValue = replacing(signed);
  return {
    own: composed(signed, []),
    shorter: () => distinct(signed, shorterTemplates(signed)).map(fromTemplate),
    *usual() {
      for (const each of distinct(signed, shorterTemplates(signed))) yield fromTemplate(each);
      if (timestamps) for (const each of otherTimestamps(place)) yield fromValue(each);
      if (ids) for (const each of otherIds(place)) yield fromValue(each);
      if (own) for (const { template, mistake } of longerTemplates(scheme, message.headers)) yield composed(template, [mistake]); // prettier-ignore
    },
    *others() {
      for (const each of distinct(signed, otherTemplates(signed))) yield fromTemplate(each);
      if (hasPart(signed, 'url')) for (const each of otherUrls(place)) yield fromValue(each);
      if (timestamps && !ids) yield* withId(place, signed);
    },
    *rare() {
      if (timestamps) for (const each of lostMilliseconds(values.timestamp, timestamp?.unit ?? 's')) yield fromValue(each); // prettier-ignore
    },
  };
}

/** Returns an HMAC of a composition, ready for `digest`. */
export function hmacOf(
  { parts }: Composition,
  { message, values }: { message: Message; values: SignedValues },
  { key, algorithm }: { key: KeyObject; algorithm: string },
): ReturnType<typeof createHmac> {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part(message, values));
  return hmac;
}

const composed = (template: string, mistakes: readonly Mistake[]): Composition => ({
  parts: compileTemplate(template),
  findings: mistakes.map(mistake => ({ about: 'content', ...mistake })),
});

/** Returns a function that replaces the value of a part. The template is compiled only once. */
function replacing(template: string): (value: OtherValue) => Composition {
  const pieces = piecesOf(template);
  const compiled = compileTemplate(template);
  return ({ part, text, mistake }) => {
    // Header texts have one character per byte.
    const replacement = Buffer.from(text, 'latin1');
    const reference = `{${part}}`;
    const parts = compiled.map((own, index) => (pieces[index] === reference ? () => replacement : own));
    return { parts, findings: [{ about: 'content', ...mistake }] };
  };
}

/** Leaves out the scheme's own template, and repetitions. */
function distinct(own: string, templates: Iterable<OtherTemplate>): OtherTemplate[] {
  const seen = new Set([own]);
  return [...templates].filter(({ template }) => {
    const isNew = !seen.has(template);
    seen.add(template);
    return isNew;
  });
}

/** Some schemes also sign an id. */
function* withId(place: Parameters<typeof otherIds>[0], signed: string): Generator<Composition> {
  const ids = otherIds(place);
  for (const { text } of ids) {
    if (text === '') continue;
    const mistake: Mistake = {
      id: 'with-id',
      words: `it was made with an id in front, but this scheme signs no ${nameOf('id')}`,
      remedy: `sign exactly ${signed}, with the values from the request`,
    };
    yield replacing(`{id}.${signed}`)({ part: 'id', text, mistake });
  }
}
