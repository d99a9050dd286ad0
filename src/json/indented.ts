/** Deeper levels get no more indentation: the blanks would outgrow the text. */
const mostLevels = 32;

const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gs;

/**
 * Lays out a JSON text, one value per line. Only blanks change: numbers, escapes, the order of keys and duplicates stay as
 * written. The text must be JSON.
 */
export function indented(text: string): string {
  let [shown, level, last] = ['', 0, ''];
  for (const [part] of text.matchAll(token)) {
    if (isEnd(part)) level -= 1;
    if (isOnNewLine(part, last)) shown += `\n${'  '.repeat(Math.min(level, mostLevels))}`;
    shown += part === ':' ? ': ' : part;
    if (isStart(part)) level += 1;
    last = part;
  }
  return shown;
}

const isStart = (part: string): boolean => part === '{' || part === '[';
const isEnd = (part: string): boolean => part === '}' || part === ']';

const isOnNewLine = (part: string, last: string): boolean =>
  isEnd(part) ? !isStart(last) : isStart(last) || last === ',';
