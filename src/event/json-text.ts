import { parse, type AnyNode, type MemberNode, type NumberNode, type ValueNode } from '@humanwhocodes/momoa';
import type { Problem } from './problem.js';

/** Of a key or a value: UTF-16 units from the beginning of the text. */
export interface Span {
  start: number;
  end: number;
}

interface FoundProblem {
  problem: Problem;
  span: Span;
}

/** A text of JSON, with the places where things stand in it. */
export interface JsonText {
  /** Of the key or the value at `path`; where there is none, of the nearest value around it. */
  spanOf: (path: Problem['path'], part: 'key' | 'value') => Span;
  /** What is lost when the text is parsed. */
  lost: () => FoundProblem[];
}

/** `text` has to be JSON, and no deeper than functions may call each other. */
export function readJsonText(text: string): JsonText {
  const { body } = parse(text, { mode: 'json', ranges: true });
  return { spanOf: (path, part) => spanAt(body, path, part), lost: () => [...lostIn(body, [], text)] };
}

function spanAt(body: ValueNode, path: Problem['path'], part: 'key' | 'value'): Span {
  let [value, key]: [ValueNode, AnyNode] = [body, body];
  for (const name of path) {
    const next = childOf(value, name);
    if (!next) return rangeOf(value);
    [value, key] = [next.value, next.key];
  }
  return rangeOf(part === 'key' ? key : value);
}

function childOf(node: ValueNode, name: PropertyKey): { value: ValueNode; key: AnyNode } | undefined {
  if (node.type === 'Array') {
    const element = node.elements[Number(name)];
    return element && { value: element.value, key: element.value };
  }
  if (node.type !== 'Object') return undefined;
  // The last of several is the one that a parser takes.
  const member = node.members.findLast(candidate => nameOf(candidate) === name);
  return member && { value: member.value, key: member.name };
}

const nameOf = ({ name }: MemberNode): string => (name.type === 'String' ? name.value : name.name);

function rangeOf({ range: [start, end] = [0, 0] }: AnyNode): Span {
  return { start, end };
}

function* lostIn(node: ValueNode, path: Problem['path'], text: string): Generator<FoundProblem> {
  if (node.type === 'Number') yield* lostDigits(node, path, text);
  else if (node.type === 'Array') {
    for (const [index, { value }] of node.elements.entries()) yield* lostIn(value, [...path, index], text);
  } else if (node.type === 'Object') {
    const seen = new Set<string>();
    for (const member of node.members) {
      const place = [...path, nameOf(member)];
      if (seen.has(nameOf(member)))
        yield { problem: { level: 'warning', code: 'duplicate-key', path: place }, span: rangeOf(member.name) };
      seen.add(nameOf(member));
      yield* lostIn(member.value, place, text);
    }
  }
}

function* lostDigits(node: NumberNode, path: Problem['path'], text: string): Generator<FoundProblem> {
  const span = rangeOf(node);
  const written = text.slice(span.start, span.end);
  const read = String(Number(written));
  if (digitsOf(read) === digitsOf(written)) return;
  yield { problem: { level: 'warning', code: 'imprecise-number', path, found: read }, span };
}

/** The same for all spellings of one number: its digits without zeros around them, and where the point stands. */
function digitsOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const significant = (whole + fraction).replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return whole === '' ? number : '0';
  return `${sign}${digits}e${Number(exponent) - fraction.length + significant.length - digits.length}`;
}

/** Where and how a text isn't JSON; none of its content is in the words. */
export function flawIn(text: string): { words?: string; span: Span } {
  const { offset, words } = flawByEngine(text) ?? { offset: offsetOfError(text) };
  return { span: { start: offset, end: offset }, ...(words !== undefined && { words }) };
}

/** V8 tells the place of most flaws. Words with quotation marks would quote the text. */
function flawByEngine(text: string): { offset: number; words: string } | undefined {
  const message = messageOf(() => JSON.parse(text));
  if (message === 'Unexpected end of JSON input') return { offset: text.length, words: 'it ends too early' };
  const [, words, offset] =
    /^([^"]+?) (?:in|after) JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message) ?? [];
  return words === undefined ? undefined : { offset: Number(offset), words: words.toLowerCase() };
}

const messageOf = (run: () => unknown): string => {
  try {
    run();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

function offsetOfError(text: string): number {
  try {
    parse(text, { mode: 'json' });
  } catch (error) {
    if (error instanceof Error && 'offset' in error && typeof error.offset === 'number') return error.offset;
  }
  return 0;
}
