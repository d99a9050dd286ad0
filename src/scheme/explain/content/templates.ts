import { isReference, piecesOf } from '../../template.js';
import type { Mistake } from '../hypothesis.js';

/** A template that may have been signed by mistake, and the mistake. */
export interface OtherTemplate {
  template: string;
  mistake: Mistake;
}

/** A template such as `v0:{timestamp}:{body}`: its parts, and the literal texts before, between and after them. */
interface Shape {
  before: string;
  parts: readonly string[];
  /** One fewer than the parts. */
  marks: readonly string[];
  after: string;
}

/** Returns the templates that leave something out. The most likely first. */
export function* shorterTemplates(signed: string): Generator<OtherTemplate> {
  const shape = shapeOf(signed);
  const remedy = remedyFor(signed);
  const words = 'it was made of only the body, but this scheme signs more';
  yield { template: body, mistake: { id: 'body-alone', words, remedy } };
  for (const left of shape.parts.filter(part => part !== body))
    yield { template: write(without(left, shape)), mistake: { ...leftOut(left), remedy } };
  yield { template: write(bare(shape)), mistake: { ...textLeftOut(shape), remedy } };
}

/** Returns templates with the same parts, but with other separators, in another order, or with more. */
export function* otherTemplates(signed: string): Generator<OtherTemplate> {
  const shape = shapeOf(signed);
  const remedy = remedyFor(signed);
  for (const mark of shape.parts.length > 1 ? separators : [])
    for (const each of [shape, bare(shape)])
      yield { template: write({ ...each, marks: shape.marks.map(() => mark) }), mistake: { ...otherMarks, remedy } };
  yield* versions(shape, remedy);
  for (const parts of shape.parts.length > mostOrdered ? [] : orders(shape.parts))
    for (const marks of [shape.marks, ...['.', ':', ''].map(mark => shape.marks.map(() => mark))])
      yield { template: write({ ...shape, parts, marks }), mistake: { ...otherOrder, remedy } };
}

/** Of five parts, there are 120 orders. */
const mostOrdered = 4;

const body = '{body}';

const separators = ['.', ':', ',', '', '|', '\n', ' ', '-', '_', ';', '&', '+', '/'];

const otherMarks = { id: 'other-marks', words: 'it was made of the right parts with other separators between them' };
const otherOrder = { id: 'other-order', words: 'it was made of the right parts in another order' };
const withVersion = {
  id: 'with-version',
  words: "it was made with a version in front, which this scheme doesn't sign",
};

/** Some schemes begin with a text such as `v0:`. */
function* versions(shape: Shape, remedy: string): Generator<OtherTemplate> {
  if (shape.before !== '' || shape.parts.length < 2) return;
  for (const version of ['v0', 'v1'])
    for (const mark of [shape.marks[0] ?? '', ':', '.'])
      yield {
        template: write({ ...shape, before: version + mark, marks: shape.marks.map(() => mark) }),
        mistake: { ...withVersion, remedy },
      };
}

const remedyFor = (signed: string): string => `sign exactly ${signed}, with the values from the request`;

const bare = (shape: Shape): Shape => ({ ...shape, before: '', after: '' });

const textLeftOut = ({ before, after }: Shape): Omit<Mistake, 'remedy'> => ({
  id: 'text-left-out',
  words: `it was made without the text ${JSON.stringify(before === '' ? after : before)}, which is also signed`,
});

const leftOut = (part: string): Omit<Mistake, 'remedy'> => {
  const name = part.slice(1, -1);
  return { id: `${name}-left-out`, words: `it was made without the ${nameOf(name)}, which is also signed` };
};

export const nameOf = (part: string): string => {
  const header = /^header\.(.+)$/.exec(part)?.[1];
  if (header !== undefined) return `header ${header.toLowerCase()}`;
  return part === 'url' ? 'URL' : part;
};

function shapeOf(signed: string): Shape {
  const [parts, texts]: [string[], string[]] = [[], ['']];
  for (const piece of piecesOf(signed)) {
    if (!isReference(piece)) {
      texts[texts.length - 1] = piece;
      continue;
    }
    parts.push(piece);
    texts.push('');
  }
  return { before: texts[0] ?? '', parts, marks: texts.slice(1, -1), after: texts.at(-1) ?? '' };
}

const write = ({ before, parts, marks, after }: Shape): string =>
  before + parts.map((part, index) => (index === 0 ? '' : (marks[index - 1] ?? '')) + part).join('') + after;

/** Removes a part with the separator after it, or before it for the last part. */
function without(left: string, shape: Shape): Shape {
  const { parts, marks } = shape;
  const index = parts.indexOf(left);
  const mark = Math.min(index, marks.length - 1);
  return { ...shape, parts: parts.toSpliced(index, 1), marks: marks.toSpliced(mark, 1) };
}

function* orders(parts: readonly string[], taken: readonly string[] = []): Generator<readonly string[]> {
  if (parts.length === 0) yield taken;
  for (const [index, part] of parts.entries()) yield* orders(parts.toSpliced(index, 1), [...taken, part]);
}
