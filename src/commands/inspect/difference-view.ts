import type { Style } from '../../contract/command.js';
import { counted } from '../../text/words.js';
import type { BodyDifference, DifferenceReport, JsonChange, Pair } from '../../exchange/reports.js';

/** Unchanged lines shown around each change. */
const around = 3;

/** The differences in method, target, headers and body. */
export function differenceLines(report: DifferenceReport, style: Style): string[] {
  const { positions, method, target, headers, body } = report;
  const [one, other] = positions;
  const lines = [
    ...pairLines('method', method, style),
    ...pairLines('target', target, style),
    ...headers.flatMap(({ name, values: [before, after] }) => [
      ...before.map(value => removed(`${name}: ${value}`, style)),
      ...after.map(value => added(`${name}: ${value}`, style)),
    ]),
    ...bodyLines(body, style),
  ];
  if (lines.length === 0) return [`${one} and ${other} are the same`];
  return [style.strong(`${one} ${style.marks.out} ${other}`), ...lines];
}

const removed = (text: string, { bad, visible }: Style): string => bad(`- ${visible(text)}`);
const added = (text: string, { good, visible }: Style): string => good(`+ ${visible(text)}`);

const pairLines = (what: string, pair: Pair | undefined, style: Style): string[] =>
  pair ? [removed(`${what}: ${pair[0]}`, style), added(`${what}: ${pair[1]}`, style)] : [];

function bodyLines(body: BodyDifference, style: Style): string[] {
  switch (body.form) {
    case 'same':
      return [];
    case 'json':
      if (body.changes.length > 0) return body.changes.flatMap(change => changeLines(change, style));
      return ['the bodies are the same JSON, serialised differently'];
    case 'text':
      return textLines(body.lines, style);
    case 'bytes':
      return [`the bodies differ: ${body.bytes.map(bytes => counted(bytes, 'byte')).join(' and ')}`];
  }
}

function changeLines({ kind, path, before, after }: JsonChange, style: Style): string[] {
  const name = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('').replace(/^\./, ''); // prettier-ignore
  return [
    ...(kind === 'added' ? [] : [removed(`${name}: ${JSON.stringify(before)}`, style)]),
    ...(kind === 'removed' ? [] : [added(`${name}: ${JSON.stringify(after)}`, style)]),
  ];
}

/** Keeps only the unchanged lines near a change. */
function textLines(lines: Extract<BodyDifference, { form: 'text' }>['lines'], style: Style): string[] {
  const shown: string[] = [];
  let wasLeftOut = false;
  for (const [index, { kind, text }] of lines.entries()) {
    const isNear = lines.slice(Math.max(0, index - around), index + around + 1).some(line => line.kind !== 'same');
    if (!isNear) {
      if (!wasLeftOut) shown.push(style.faint(style.marks.cut));
    } else if (kind === 'same') shown.push(`  ${style.visible(text)}`);
    else shown.push((kind === 'added' ? added : removed)(text, style));
    wasLeftOut = !isNear;
  }
  return shown;
}
