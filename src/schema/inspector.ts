import type { ErrorObject } from 'ajv';
import { inspectionOf, type Inspection } from '../event/inspection.js';
import { showsAll } from '../event/judge-body.js';
import type { Problem } from '../event/problem.js';
import { jsonOf } from '../json/parse.js';
import { createTimeLimit } from '../threads/time-limit.js';
import type { CompiledSchema } from './compile.js';
import { problemsOf } from './problems.js';

/** Checks bodies against a schema, with a time limit because bodies are untrusted. */
export interface SchemaInspector {
  /** Finds all problems of a body. */
  inspect: (body: Uint8Array) => Inspection;
  /** Whether a text is certainly a valid body and hides nothing. Faster than inspecting it. */
  glance: (text: string) => boolean;
  /**
   * Runs several glances, at `bytes` of bodies in all, within one time limit, which is faster than a limit for each.
   */
  together: <Result>(bytes: number, glances: () => Result) => Result | 'too-slow';
}

/** After this many bodies that take too long, no more are checked, so that a file full of them still ends. */
const mostSlow = 3;

/** Milliseconds that any body may take. No honest body takes a hundredth of that. */
const usualPatience = 2000;

/** In characters per millisecond: longer bodies get more time. */
const leastSpeed = 10_000;

export function createSchemaInspector(
  { firstErrors, allErrors }: CompiledSchema,
  patience = usualPatience,
): SchemaInspector {
  const limitFor = (length: number): number => patience + length / leastSpeed;
  const { run } = createTimeLimit();
  // Counted separately, so that inspecting a body that was too slow at a glance reports it as too slow.
  const slow = { glance: 0, inspect: 0 };
  const problemsIn = (json: unknown, text: string, kind: keyof typeof slow): Problem[] => {
    if (slow[kind] >= mostSlow) return [unchecked('given-up')];
    const first = withinStack(() => run(limitFor(text.length), () => firstErrors(json)));
    if (first === 'too-slow') slow[kind] += 1;
    if (typeof first === 'string') return [unchecked(first)];
    if (first.length === 0 || kind === 'glance') return problemsOf(first, json);
    const check = allErrors();
    const all = withinStack(() => run(limitFor(text.length) / 2, () => problemsOf(check(json), json)));
    return typeof all === 'string' ? [...problemsOf(first, json), moreProblems] : all;
  };
  return {
    inspect: body => inspectionOf(body, (json, text) => problemsIn(json, text, 'inspect')),
    glance: text => {
      const json = jsonOf(text);
      return json !== undefined && problemsIn(json, text, 'glance').length === 0 && showsAll(text, json);
    },
    together: (bytes, glances) => run(limitFor(bytes), glances),
  };
}

const unchecked = (code: 'too-slow' | 'too-deep' | 'given-up'): Problem => ({ level: 'error', code, path: [] });

const moreProblems: Problem = { level: 'warning', code: 'more-problems', path: [] };

/** A value that is nested too deeply overflows the stack. */
function withinStack<Result extends readonly (Problem | ErrorObject)[]>(
  work: () => Result | 'too-slow',
): Result | 'too-slow' | 'too-deep' {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return 'too-deep';
    throw error;
  }
}
