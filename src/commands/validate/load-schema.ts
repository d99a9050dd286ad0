import { UsageError } from '../../errors.js';
import { readText, resolvePath, shownPath } from '../../file/small-file.js';
import { compileSchema, type CompiledSchema } from '../../schema/compile.js';
import { locateFault, SchemaFault, type FaultReason } from '../../schema/fault.js';
import type { Ports } from '../../contract/command.js';
import { problemWords } from '../../event/problem-words.js';

/** Reads and compiles the user's schema. Throws UsageError with the line and column of the problem. */
export async function loadSchema(
  name: string,
  { environment: { cwd, signal }, reporting }: Pick<Ports, 'environment' | 'reporting'>,
): Promise<{ text: string; schema: CompiledSchema }> {
  const file = resolvePath(name, cwd);
  const text = (await readText(file, { cwd, isNamed: true, holds: 'schema', signal })) ?? '';
  try {
    const schema = compileSchema(text);
    const { unknownFormats } = schema;
    if (unknownFormats.length > 0)
      reporting.warn(`${shownPath(file, cwd)}: unknown formats aren't checked: ${unknownFormats.join(', ')}`);
    return { text, schema };
  } catch (error) {
    if (!(error instanceof SchemaFault)) throw error;
    const { line, column, words } = locateFault(error, text);
    const { message, hint } = faultWords[error.reason](error, words);
    throw new UsageError(`${shownPath(file, cwd)}:${line}:${column}: ${message}`, { hint, cause: error });
  }
}

interface Words {
  message: string;
  hint: string;
}

const supported = 'supported: https://json-schema.org/draft/2020-12/schema and http://json-schema.org/draft-07/schema#';

const faultWords: Readonly<Record<FaultReason, (fault: SchemaFault, words: string | undefined) => Words>> = {
  'not-json': (_, words) => ({
    message: `the schema isn't JSON${words === undefined ? '' : `: ${words}`}`,
    hint: 'pass a JSON Schema in JSON; convert YAML first',
  }),
  'too-deep': () => ({ message: 'the schema is nested too deeply', hint: 'move its parts to $defs' }),
  boolean: ({ details: { detail = '' } }) => ({
    message: `the schema is ${detail}, which ${detail === 'true' ? 'accepts everything' : 'refuses everything'}`,
    hint: 'pass a schema that is an object, such as {"type": "object"}',
  }),
  'not-object': () => ({ message: "the schema isn't an object", hint: 'pass a schema such as {"type": "object"}' }),
  'unknown-draft': ({ details: { detail = 'an unknown draft' } }) => ({
    message: `the schema is written for ${detail}, which isn't supported`,
    hint: supported,
  }),
  invalid: ({ details: { problem, isDefault } }) => ({
    message: `it isn't a valid schema: ${problem ? problemWords(problem) : ''}`,
    hint:
      isDefault === true && problem?.path.at(-1) === 'items'
        ? 'it was read as draft 2020-12; for draft-07, add "$schema": "http://json-schema.org/draft-07/schema#"'
        : 'https://json-schema.org/understanding-json-schema shows what each keyword takes',
  }),
  'bad-pattern': () => ({
    message: "the pattern isn't a regular expression",
    hint: 'use the syntax of JavaScript, and double each backslash in JSON',
  }),
  'lost-reference': ({ details: { detail = '' } }) => ({
    message: `the reference ${detail} doesn't resolve`,
    hint: 'refer to a place in this file, such as #/$defs/name',
  }),
  'foreign-reference': ({ details: { detail = '' } }) => ({
    message: `${detail} isn't in this file, and no other file or URL is read`,
    hint: 'copy that schema into $defs of this file, with its address as its $id',
  }),
  refused: ({ details: { detail = '' } }) => ({
    message: `the schema can't be used: ${detail}`,
    hint: 'change that part of the schema',
  }),
  idle: () => ({
    message: 'the schema checks nothing, so every body would be valid',
    hint: 'is this a schema? If it only has definitions, add a "$ref" to one of them',
  }),
  endless: () => ({
    message: 'the schema refers to itself endlessly',
    hint: 'let it refer to itself only below properties or items',
  }),
};
