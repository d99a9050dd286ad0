import { stepsIn } from './support/transcript.js';
import { textOf } from './support/documents.js';

type Paint = 'plain' | 'good' | 'bad' | 'strong' | 'faint';

/** A terminal line, and the colours of the pattern's groups, as the command prints them. */
const looks: readonly [RegExp, ...Paint[]][] = [
  [/^(\$ )(.*)$/d, 'faint', 'strong'],
  [/^ {4}(--.*)$/d, 'strong'],
  [/^Listening on (\S+) {2}(\(.*\))$/d, 'strong', 'faint'],
  [/^([\d:]{8}) {2}\S+ {2}(\S+) +\S+ {2}(✔.*? {2}\d{3}) {2}(.*)$/d, 'faint', 'strong', 'good', 'faint'],
  [/^([\d:]{8}) {2}\S+ {2}(\S+) +\S+ {2}(✘.*? {2}\d{3}) {2}(.*)$/d, 'faint', 'strong', 'bad', 'faint'],
  [/^→ \S+ {2}(\S+)/d, 'strong'],
  [/^(← 2.*?) {2}(\S+ ms)$/d, 'good', 'faint'],
  [/^(← .*?) {2}(\S+ ms) {2}(.*)$/d, 'bad', 'faint', 'bad'],
  [/^ {2}(✔) {2}\S+ +(\d{3}) +(.*)$/d, 'good', 'good', 'faint'],
  [/^ {2}(✘) {2}\S+ +(\d{3}) +(.*)$/d, 'bad', 'bad', 'faint'],
  [/^((?:Accepts|Refuses) .*)$/d, 'strong'],
  [/^( *(?:hint|cause|fix):)/d, 'strong'],
  [/^(✘ .*)$/d, 'bad'],
];

interface Span {
  column: number;
  text: string;
  paint: Paint;
}

/** Returns the words of a line, each with its position, since fonts differ in the width of characters and marks. */
function spansOf(line: string): Span[] {
  const [pattern, ...paints] = looks.find(([each]) => each.test(line)) ?? [/^/d];
  const places = (pattern.exec(line)?.indices ?? []).slice(1);
  const paintAt = (column: number): Paint =>
    paints[places.findIndex(place => place && place[0] <= column && column < place[1])] ?? 'plain';
  return [...line.matchAll(/\S+(?: \S+)*/g)].flatMap(({ 0: words, index }) => pieces(words, index, paintAt));
}

/** Splits words where the colour changes. */
function pieces(words: string, start: number, paintAt: (column: number) => Paint): Span[] {
  const spans: Span[] = [];
  for (const [offset, character] of Array.from(words).entries()) {
    const paint = paintAt(start + offset);
    const last = spans.at(-1);
    if (last?.paint === paint) last.text += character;
    else spans.push({ column: start + offset, text: character, paint });
  }
  return spans;
}

const columns = 88;
const [charWidth, lineHeight, padding, gap] = [8.4, 20, 18, 14];

/** A long command continues with its next flag, and any other line below its text. */
function wrapped(line: string, indent = ' '.repeat(/^\w+: */.exec(line)?.[0].length ?? 0)): string[] {
  if (line.length <= columns) return [line];
  if (line.startsWith('$ ')) return line.replace(' --', ' \\\n    --').split('\n');
  const end = line.lastIndexOf(' ', columns);
  return [line.slice(0, end), ...wrapped(indent + line.slice(end + 1), indent)];
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const rounded = (number: number): string => String(Math.round(number * 10) / 10);

function lineSvg(line: string, top: number): string {
  const spans = spansOf(line).map(({ column, text, paint }) => {
    // A blank between two colours would start the next one, where renderers drop it.
    const lead = text.length - text.trimStart().length;
    const shown = text.trim();
    const place = `x="${rounded(padding + (column + lead) * charWidth)}" textLength="${rounded(shown.length * charWidth)}"`;
    return `<tspan ${place}${paint === 'plain' ? '' : ` class="${paint}"`}>${escaped(shown)}</tspan>`;
  });
  return spans.length === 0 ? '' : `<text y="${rounded(top + 14.5)}">${spans.join(' ')}</text>`;
}

/** Returns the picture of these terminals, one below the other. */
function pictureOf(terminals: readonly string[]): string {
  let top = 1;
  const parts = terminals.flatMap(terminal => {
    const lines = terminal
      .trimEnd()
      .split('\n')
      .flatMap(line => wrapped(line));
    const height = lines.length * lineHeight + 2 * padding - 6;
    const from = top;
    top += height + gap;
    return [
      `<rect x="1" y="${from}" width="${width - 2}" height="${height}" rx="8"/>`,
      ...lines.map((line, index) => lineSvg(line, from + padding - 3 + index * lineHeight)).filter(Boolean),
    ];
  });
  const height = top - gap + 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-labelledby="title">
<title id="title">webhook-cli in a terminal</title>
<style>
rect { fill: #fff; stroke: #d1d9e0 }
text { fill: #1f2328; font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
.good { fill: #116329 }
.bad { fill: #b31d28 }
.strong { font-weight: 600 }
.faint { fill: #59636e }
@media (prefers-color-scheme: dark) {
rect { fill: #0d1117; stroke: #3d444d }
text { fill: #f0f6fc }
.good { fill: #56d364 }
.bad { fill: #ff7b72 }
.faint { fill: #9198a1 }
}
</style>
${parts.join('\n')}
</svg>
`;
}

const width = Math.round(columns * charWidth + 2 * padding);

/** Returns the expected docs/images/terminal.svg: the output in the transcripts, with a reader's addresses. */
export function picture(): string {
  const tour = stepsIn(textOf('test/acceptance/tour.md'));
  const [, check] = stepsIn(textOf('test/acceptance/picture.md'));
  const listened = tour.at(-1)?.output.split('\n').slice(0, 5).join('\n') ?? '';
  const sent = ['webhook-cli send --status APPROVED', 'webhook-cli send --fixture approved --unsigned'].map(line =>
    tour.find(({ command }) => command === line),
  );
  const [found = ''] = check?.output.split(/\n\n(?=✘)/) ?? [];
  return pictureOf([
    `$ webhook-cli listen\n${listened}`,
    sent.map(step => `$ ${step?.command ?? ''}\n${step?.output ?? ''}`).join(''),
    `$ ${check?.command.replace('"$(cat receiver)"', 'http://localhost:3000/webhooks/fin') ?? ''}\n${found}\n…`,
  ].map(text => text.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:4665'))); // prettier-ignore
}
