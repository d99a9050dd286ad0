import { candidatesOf, type Finding, type Mistake } from '../hypothesis.js';
import { jsonForms } from '../json/forms.js';
import type { Token } from '../json/tokens.js';
import { rawBytes } from '../remedies.js';
import { plainHypotheses } from './plain.js';
import type { BodyMaterial } from './material.js';
import { representationsOf } from './representations.js';
import { transportHypotheses } from './transport.js';

/** Bodies that may have been signed instead of the captured one. */
export interface BodyCandidate {
  bytes: Uint8Array;
  /** The number of mistakes. */
  mistakes: number;
  findings: () => readonly Finding[];
}

/** One mistake, or two that usually come together. The most likely first; each is made when needed. */
export function* usualBodies(material: BodyMaterial): Generator<BodyCandidate> {
  yield* oneMistake(plainHypotheses, material);
  for (const form of material.forms()?.usual() ?? []) yield* withEnds(jsonBody(form), material);
  yield* oneMistake(transportHypotheses, material);
  const tokens = material.tokens() ?? [];
  for (const form of representationsOf(tokens)) yield jsonBody(form);
  for (const { name, part } of partsOf(tokens))
    for (const { text } of jsonForms(part).usual()) yield jsonBody({ text, mistake: () => partOnly(name) });
}

/** Every other combination of what serialisers do. */
export function* unusualBodies(material: BodyMaterial): Generator<BodyCandidate> {
  for (const form of material.forms()?.others() ?? []) yield* withEnds(jsonBody(form), material);
}

function* oneMistake(table: typeof plainHypotheses, material: BodyMaterial): Generator<BodyCandidate> {
  for (const { bytes, finding } of candidatesOf('body', table, material))
    yield { bytes, mistakes: 1, findings: () => [finding] };
}

const jsonBody = ({ text, mistake }: { text: string; mistake: () => Mistake }): BodyCandidate => ({
  bytes: Buffer.from(text),
  mistakes: 1,
  findings: () => [{ about: 'body', ...mistake() }],
});

/** Files and templates end with a newline. Only a form that differs from the body counts as a mistake. */
function* withEnds(body: BodyCandidate, material: BodyMaterial): Generator<BodyCandidate> {
  if (Buffer.compare(body.bytes, material.bytes) === 0) return;
  yield body;
  if (body.bytes.length > largestWithEnds) return;
  for (const { end, finding } of ends)
    yield {
      bytes: Buffer.concat([body.bytes, end]),
      mistakes: 2,
      findings: () => [...body.findings(), finding],
    };
}

/** In bytes: the budget for larger ones goes to other forms. */
const largestWithEnds = 256 * 1024;

const ends = ['with-final-lf', 'with-final-crlf'].flatMap(id =>
  plainHypotheses
    .filter(each => each.id === id)
    .map(({ words, remedy }) => ({
      end: Buffer.from(id === 'with-final-lf' ? '\n' : '\r\n'),
      finding: { about: 'body', id, words, remedy } as const satisfies Finding,
    })),
);

export const partOnly = (name: string): Mistake => ({
  id: `only-${name}`,
  words: `the signature matches only the value of "${name}" in the body, as JSON`,
  remedy: rawBytes,
});

/** Returns the tokens of the values of `event` and `data`, the only parts that some handlers see. */
function partsOf(tokens: readonly Token[]): { name: 'event' | 'data'; part: Token[] }[] {
  return (['event', 'data'] as const).flatMap(name => {
    const start = memberAt(tokens, name);
    if (start === undefined) return [];
    let [end, depth] = [start, 0];
    do {
      const kind = tokens[end]?.kind;
      if (kind === '{' || kind === '[') depth += 1;
      else if (kind === '}' || kind === ']') depth -= 1;
      end += 1;
    } while (depth > 0 && end < tokens.length);
    return [{ name, part: tokens.slice(start, end) }];
  });
}

/** Returns where the value of a top-level key begins. */
function memberAt(tokens: readonly Token[], name: string): number | undefined {
  let depth = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind === '{' || kind === '[') depth += 1;
    else if (kind === '}' || kind === ']') depth -= 1;
    else if (depth === 1 && text === `"${name}"` && tokens[index + 1]?.kind === ':') return index + 2;
  }
  return undefined;
}
