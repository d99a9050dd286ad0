import type { AnyNode, ValueNode } from '@humanwhocodes/momoa';

/**
 * Where a key or a value stands in a text, as `:line:column`; without a path, where the text stops being JSON. Nothing
 * where that can't be told. The parser that knows is loaded only for this.
 */
export async function positionOf(text: string, path?: readonly PropertyKey[]): Promise<string> {
  const { parse } = await import('@humanwhocodes/momoa');
  try {
    const { body } = parse(text, { mode: 'json', ranges: true });
    return path === undefined ? '' : wordsOf(nodeAt(body, path).loc.start);
  } catch (error) {
    // Deep texts overflow its stack, which says nothing of where.
    return hasPlace(error) ? wordsOf(error) : '';
  }
}

/** The name of the last key where nothing else is wrong with it is its beginning, too. */
function nodeAt(node: ValueNode, [key, ...rest]: readonly PropertyKey[]): AnyNode {
  if (key === undefined) return node;
  if (node.type === 'Array') {
    const element = node.elements[Number(key)];
    return element ? nodeAt(element.value, rest) : node;
  }
  if (node.type !== 'Object') return node;
  // Of two keys with one name, the last one counts.
  const member = node.members.findLast(({ name }) => (name.type === 'String' ? name.value : '') === key);
  if (!member) return node;
  return rest.length === 0 ? member : nodeAt(member.value, rest);
}

interface Place {
  line: number;
  column: number;
}

const wordsOf = ({ line, column }: Place): string => `:${line}:${column}`;

const hasPlace = (error: unknown): error is Error & Place =>
  error instanceof Error && 'line' in error && 'column' in error && typeof error.line === 'number';
