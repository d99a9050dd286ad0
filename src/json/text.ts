import {
  parse,
  type AnyNode,
  type MemberNode,
  type NumberNode,
  type ObjectNode,
  type ValueNode,
} from '@humanwhocodes/momoa';
import { oddCharacterIn, type OddCharacter } from './odd-text.js';

/** The range of a key or a value, in UTF-16 units from the start of the text. */
export interface Span {
  start: number;
  end: number;
}

export type Path = readonly PropertyKey[];

/** Something that is lost when a text is parsed or passed on, and where it is. */
export type Loss = { path: Path; span: Span } & (
  | { kind: 'duplicate-key'; first: Span }
  | { kind: OddCharacter }
  /** `read`: the number as a parser reads it. */
  | { kind: 'imprecise-number'; read: string }
);

/** A JSON text in which keys and values can be located. */
export interface JsonText {
  /** Returns the span of the key or the value at `path`, or else that of the nearest value around it. */
  spanOf: (path: Path, part: 'key' | 'value') => Span;
  /** Returns what is lost, in the order of the text. */
  lost: () => Loss[];
}

/** Reads `text`, which must be JSON and not too deeply nested for recursion. */
export function readJsonText(text: string): JsonText {
  const { body } = parse(text, { mode: 'json', ranges: true });
  const childOf = childrenOnce();
  return { spanOf: (path, part) => spanAt(body, { path, part, childOf }), lost: () => [...lostIn(body, [], text)] };
}

interface Child {
  value: ValueNode;
  key: AnyNode;
}

type ChildOf = (node: ValueNode, name: PropertyKey) => Child | undefined;

function spanAt(
  body: ValueNode,
  { path, part, childOf }: { path: Path; part: 'key' | 'value'; childOf: ChildOf },
): Span {
  let [value, key]: [ValueNode, AnyNode] = [body, body];
  for (const name of path) {
    const next = childOf(value, name);
    if (!next) return rangeOf(value);
    [value, key] = [next.value, next.key];
  }
  return rangeOf(part === 'key' ? key : value);
}

/** Indexes the members of an object once, however many lookups follow. */
function childrenOnce(): ChildOf {
  const known = new Map<ObjectNode, Map<PropertyKey, MemberNode>>();
  return (node, name) => {
    if (node.type === 'Array') {
      const element = node.elements[Number(name)];
      return element && { value: element.value, key: element.value };
    }
    if (node.type !== 'Object') return undefined;
    const members = known.get(node) ?? membersOf(node);
    known.set(node, members);
    const member = members.get(name);
    return member && { value: member.value, key: member.name };
  };
}

/** Maps names to members; for a duplicate name, the last member, as parsers do. */
const membersOf = ({ members }: ObjectNode): Map<PropertyKey, MemberNode> =>
  new Map(members.map(member => [nameOf(member), member]));

const nameOf = ({ name }: MemberNode): string => (name.type === 'String' ? name.value : name.name);

function rangeOf({ range: [start, end] = [0, 0] }: AnyNode): Span {
  return { start, end };
}

function* lostIn(node: ValueNode, path: Path, text: string): Generator<Loss> {
  if (node.type === 'Number') yield* lostDigits(node, path, text);
  else if (node.type === 'String') yield* oddCharacter(node.value, path, rangeOf(node));
  else if (node.type === 'Array') {
    for (const [index, { value }] of node.elements.entries()) yield* lostIn(value, [...path, index], text);
  } else if (node.type === 'Object') {
    const seen = new Map<string, Span>();
    for (const member of node.members) {
      const [name, span] = [nameOf(member), rangeOf(member.name)];
      const [memberPath, first] = [[...path, name], seen.get(name)];
      if (first) yield { kind: 'duplicate-key', path: memberPath, span, first };
      else seen.set(name, span);
      yield* oddCharacter(name, memberPath, span);
      yield* lostIn(member.value, memberPath, text);
    }
  }
}

function* oddCharacter(text: string, path: Path, span: Span): Generator<Loss> {
  const kind = oddCharacterIn(text);
  if (kind !== undefined) yield { kind, path, span };
}

function* lostDigits(node: NumberNode, path: Path, text: string): Generator<Loss> {
  const span = rangeOf(node);
  const written = text.slice(span.start, span.end);
  const read = String(Number(written));
  if (digitsOf(read) === digitsOf(written)) return;
  yield { kind: 'imprecise-number', path, span, read };
}

/** Returns the same text for all spellings of one number: its significant digits and its exponent. */
function digitsOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const significant = (whole + fraction).replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return whole === '' ? number : '0';
  return `${sign}${digits}e${Number(exponent) - fraction.length + significant.length - digits.length}`;
}
