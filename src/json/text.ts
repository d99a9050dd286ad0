import {
  parse,
  type AnyNode,
  type MemberNode,
  type NumberNode,
  type ObjectNode,
  type ValueNode,
} from '@humanwhocodes/momoa';

/** Of a key or a value: UTF-16 units from the beginning of the text. */
export interface Span {
  start: number;
  end: number;
}

export type Path = readonly PropertyKey[];

/** What is lost when a text is parsed, and where it stands. */
export type Loss = { path: Path; span: Span } & (
  | { kind: 'duplicate-key'; first: Span }
  /** `read`: the number that a parser takes it for. */
  | { kind: 'imprecise-number'; read: string }
);

/** A text of JSON, with the places where things stand in it. */
export interface JsonText {
  /** Of the key or the value at `path`; where there is none, of the nearest value around it. */
  spanOf: (path: Path, part: 'key' | 'value') => Span;
  /** In the order of the text. */
  lost: () => Loss[];
}

/** `text` has to be JSON, and no deeper than functions may call each other. */
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

/** Looks over the members of an object only once, however many of them are asked for. */
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

/** By name; the last of several is the one that a parser takes. */
const membersOf = ({ members }: ObjectNode): Map<PropertyKey, MemberNode> =>
  new Map(members.map(member => [nameOf(member), member]));

const nameOf = ({ name }: MemberNode): string => (name.type === 'String' ? name.value : name.name);

function rangeOf({ range: [start, end] = [0, 0] }: AnyNode): Span {
  return { start, end };
}

function* lostIn(node: ValueNode, path: Path, text: string): Generator<Loss> {
  if (node.type === 'Number') yield* lostDigits(node, path, text);
  else if (node.type === 'Array') {
    for (const [index, { value }] of node.elements.entries()) yield* lostIn(value, [...path, index], text);
  } else if (node.type === 'Object') {
    const seen = new Map<string, Span>();
    for (const member of node.members) {
      const [name, span] = [nameOf(member), rangeOf(member.name)];
      const [place, first] = [[...path, name], seen.get(name)];
      if (first) yield { kind: 'duplicate-key', path: place, span, first };
      else seen.set(name, span);
      yield* lostIn(member.value, place, text);
    }
  }
}

function* lostDigits(node: NumberNode, path: Path, text: string): Generator<Loss> {
  const span = rangeOf(node);
  const written = text.slice(span.start, span.end);
  const read = String(Number(written));
  if (digitsOf(read) === digitsOf(written)) return;
  yield { kind: 'imprecise-number', path, span, read };
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
