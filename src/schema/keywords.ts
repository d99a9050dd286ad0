import { _, Name, type Ajv, type Code, type CodeKeywordDefinition, type ErrorObject, type KeywordCxt } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';

/**
 * Which of a function's errors led to a summary error. Positions count from the start of the function's own list, which may
 * since have become part of another list.
 */
export interface Group {
  /** The start of each alternative's errors. */
  starts: readonly number[];
  /** The position of the summary error. */
  end: number;
}

/** A compiler for any supported draft. */
export type Compiler = Ajv | Ajv2020;

/** Makes `ajv` report which errors belong together, and compare the items of an array in linear time. */
export function improveKeywords(ajv: Compiler): void {
  for (const keyword of ['anyOf', 'oneOf']) group(ajv, keyword, 'alternatives');
  group(ajv, 'contains', 'whole');
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: true,
    compile: (isUnique: boolean) => (isUnique ? checkUnique : () => true),
  });
}

export const groupOf = ({ params }: ErrorObject): Group | undefined => params['group'] as Group | undefined;

/** ajv's name for the number of errors so far. */
const errors = new Name('errors');

function group(ajv: Compiler, keyword: string, kind: 'alternatives' | 'whole'): void {
  const definition = ajv.getKeyword(keyword) as CodeKeywordDefinition;
  const { code, error } = definition;
  const params = error?.params;
  const startsIn = new WeakMap<object, Name>();
  definition.code = context => {
    const starts = context.gen.const('starts', kind === 'whole' ? _`[${errors}]` : _`[]`);
    startsIn.set(context, starts);
    if (kind === 'alternatives') noteEach(context, starts);
    code(context);
  };
  definition.error = {
    message: keyword,
    params: context => {
      const own: Code = typeof params === 'function' ? params(context) : (params ?? _`{}`);
      const starts = startsIn.get(context);
      return starts ? _`Object.assign(${own}, {group: {starts: ${starts}, end: ${errors}}})` : own;
    },
  };
}

function noteEach(context: KeywordCxt, starts: Name): void {
  const subschema = context.subschema.bind(context);
  context.subschema = (...args) => {
    context.gen.code(_`${starts}.push(${errors})`);
    return subschema(...args);
  };
}

function checkUnique(items: readonly unknown[]): boolean {
  const known = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = canonical(item);
    const first = known.get(key);
    if (first !== undefined) {
      checkUnique.errors = [{ keyword: 'uniqueItems', params: { first, index } }];
      return false;
    }
    known.set(key, index);
  }
  return true;
}

checkUnique.errors = [] as Partial<ErrorObject>[];

/** Returns the same text for equal JSON, regardless of the order of keys. */
function canonical(json: unknown): string {
  if (typeof json === 'string') return JSON.stringify(json);
  if (typeof json !== 'object' || json === null) return String(json);
  if (Array.isArray(json)) return `[${json.map(canonical).join()}]`;
  let text = '{';
  for (const key of Object.keys(json).sort())
    text += `${JSON.stringify(key)}:${canonical((json as Record<string, unknown>)[key])},`;
  return text;
}
