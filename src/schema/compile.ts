import { Ajv, MissingRefError, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { structureOf } from '../json/structure.js';
import type { Path } from '../json/text.js';
import { draftOf, type Draft } from './draft.js';
import { SchemaFault } from './fault.js';
import { improveKeywords, type Compiler } from './keywords.js';
import { problemsOf } from './problems.js';
import { isObject, subschemasIn, type SchemaObject } from './walk.js';

export interface CompiledSchema {
  /** Returns the first errors of a value; none if it is valid. */
  firstErrors: Check;
  /** Returns a check for all errors. Creating it takes as long as compiling the schema. */
  allErrors: () => Check;
  /** Unknown formats in the schema, which aren't checked. */
  unknownFormats: readonly string[];
}

type Check = (json: unknown) => readonly ErrorObject[];

/** Levels of nesting; even large schemas have about twenty. */
const deepest = 500;

/**
 * Compiles a schema to code, so its author can run anything: it has to be trusted. Nothing that it refers to is
 * fetched or read. Throws SchemaFault.
 */
export function compileSchema(text: string): CompiledSchema {
  const json = parsed(text);
  const draft = draftOf(json);
  const schema = withoutOddities(json);
  const unknownFormats = new Set<string>();
  const first = create(draft, { allErrors: false }, unknownFormats);
  refuseInvalid(schema, first, draft);
  if (isIdle(schema, first)) throw new SchemaFault('idle', []);
  const compiled = compiledBy(first, schema);
  refuseEndless(compiled);
  let all: Check | undefined;
  return {
    firstErrors: checkBy(compiled),
    allErrors: () => (all ??= checkBy(create(draft, { allErrors: true }, unknownFormats).compile(schema))),
    unknownFormats: [...unknownFormats],
  };
}

const checkBy =
  (validate: ValidateFunction): Check =>
  json =>
    validate(json) ? [] : (validate.errors ?? []);

function parsed(text: string): SchemaObject {
  let json: unknown;
  try {
    json = JSON.parse(text) as unknown;
  } catch {
    throw new SchemaFault('not-json', []);
  }
  const { depth } = structureOf(text, json);
  if (depth > deepest) throw new SchemaFault('too-deep', []);
  if (typeof json === 'boolean') throw new SchemaFault('boolean', [], { detail: String(json) });
  if (!isObject(json)) throw new SchemaFault('not-object', []);
  return json;
}

function create(draft: Draft, { allErrors }: { allErrors: boolean }, unknownFormats: Set<string>): Compiler {
  const options: Options = {
    allErrors,
    // Many vendors' schemas have their own keywords, such as `example`.
    strict: false,
    // Inherited keys weren't sent.
    ownProperties: true,
    // The schema has already been validated, with located errors.
    validateSchema: false,
    messages: false,
    formats: fullFormats,
    code: { regExp: Object.assign(expression, { code: 'expression' }) },
    logger: {
      log: () => undefined,
      error: () => undefined,
      warn: (message: unknown) => {
        const [, format] = /^unknown format "(.*)" ignored in schema/s.exec(String(message)) ?? [];
        if (format !== undefined) unknownFormats.add(format);
      },
    },
  };
  const ajv = draft.name === '2020-12' ? new Ajv2020(options) : new Ajv(options);
  // The name of a schema in draft-04; here it is just an unknown keyword.
  ajv.removeKeyword('id');
  improveKeywords(ajv);
  return ajv;
}

/** Many patterns were never tested with the flag that the standard requires. */
function expression(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/** Removes keywords that ajv would interpret differently from the schema's author. */
function withoutOddities(json: SchemaObject): SchemaObject {
  delete json['$schema'];
  for (const { schema } of subschemasIn(json)) {
    if (schema['$async'] !== undefined) delete schema['$async'];
    if (typeof schema['nullable'] === 'boolean') dissolveNullable(schema);
  }
  return json;
}

/** OpenAPI's way to allow null. It has no effect without a type. */
function dissolveNullable(schema: SchemaObject): void {
  const { nullable, type } = schema;
  const types: unknown[] = Array.isArray(type) ? type : [type];
  if (nullable === true && type !== undefined && !types.includes('null')) schema['type'] = [...types, 'null'];
  delete schema['nullable'];
}

function refuseInvalid(schema: SchemaObject, ajv: Compiler, { isDefault }: Draft): void {
  const isValid = ajv.validateSchema(schema);
  // The drafts' formats are stricter than programs are: they refuse a name with a space in `$ref`.
  const errors = (isValid === true ? [] : (ajv.errors ?? [])).filter(({ keyword }) => keyword !== 'format');
  const [problem] = problemsOf(errors, schema);
  if (problem) throw new SchemaFault('invalid', problem.path, { problem, isDefault });
  for (const { schema: inner, path, isCertain } of subschemasIn(schema)) {
    if (isCertain) refuseBadPatterns(inner, path);
  }
}

function refuseBadPatterns({ pattern, patternProperties }: SchemaObject, path: Path): void {
  if (typeof pattern === 'string' && !isExpression(pattern)) throw new SchemaFault('bad-pattern', [...path, 'pattern']);
  for (const name of isObject(patternProperties) ? Object.keys(patternProperties) : [])
    if (!isExpression(name)) throw new SchemaFault('bad-pattern', [...path, 'patternProperties', name]);
}

function isExpression(pattern: string): boolean {
  try {
    expression(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function compiledBy(ajv: Compiler, schema: SchemaObject): ValidateFunction {
  try {
    return ajv.compile(schema);
  } catch (error) {
    if (error instanceof MissingRefError) throw missingReference(error, schema);
    // Circular references are followed while the code is generated.
    if (error instanceof RangeError) throw new SchemaFault('endless', []);
    // Its other messages quote the schema, which is the user's own.
    throw new SchemaFault('refused', [], { detail: error instanceof Error ? error.message : '' });
  }
}

function missingReference({ missingRef }: MissingRefError, schema: SchemaObject): SchemaFault {
  for (const { schema: inner, path } of subschemasIn(schema)) {
    for (const key of ['$ref', '$dynamicRef']) {
      const ref = inner[key];
      if (typeof ref === 'string' && (ref === missingRef || missingRef.endsWith(ref.replace(/^\.?\//, '')))) {
        return new SchemaFault(ref.startsWith('#') ? 'lost-reference' : 'foreign-reference', [...path, key], {
          detail: ref,
        });
      }
    }
  }
  return new SchemaFault('lost-reference', [], { detail: missingRef });
}

/** Whether none of its keys checks anything, as in a payload mistaken for a schema. */
const isIdle = (schema: SchemaObject, { RULES }: Compiler): boolean =>
  !Object.keys(schema).some(key => Object.hasOwn(RULES.all, key) && !/^\$(?!ref$|dynamicRef$)/.test(key));

function refuseEndless(validate: ValidateFunction): void {
  try {
    for (const json of [null, 0, '', [], {}]) validate(json);
  } catch (error) {
    if (error instanceof RangeError) throw new SchemaFault('endless', []);
    throw error;
  }
}
