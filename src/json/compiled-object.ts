import * as z from 'zod/mini';

/** The number of objects checked before a schema is compiled, which takes as long as checking some hundred of them. */
const interpretedObjects = 200;

// TypeScript wants an explicit type for what asserts one, as `init` does.
const interpreted: typeof z.ZodMiniObject = z.ZodMiniObject;
const compiled: typeof z.core.$ZodObjectJIT = z.core.$ZodObjectJIT;

type Parse = (
  payload: z.core.ParsePayload,
  context: z.core.ParseContextInternal,
) => z.core.util.MaybeAsync<z.core.ParsePayload>;

/** An object of zod's small interface. If many values are checked, it is compiled, as objects of the large interface are. */
const CompiledObject = z.core.$constructor<z.ZodMiniObject>('CompiledObject', (schema, definition) => {
  interpreted.init(schema, definition);
  const inner: { parse: Parse } = schema._zod;
  const interpret = inner.parse;
  let left = interpretedObjects;
  let parse: Parse = (payload, context) => {
    left -= 1;
    if (left > 0) return interpret(payload, context);
    // Compiling wraps what is there.
    inner.parse = interpret;
    compiled.init(schema, definition);
    parse = inner.parse;
    return parse(payload, context);
  };
  inner.parse = (payload, context) => parse(payload, context);
});

/** The types follow from the definition, which the constructor's type doesn't say. */
const made = <Shape extends z.core.$ZodShape, Config extends z.core.$ZodObjectConfig>(
  definition: z.core.$ZodObjectDef<Shape>,
): z.ZodMiniObject<Shape, Config> => new CompiledObject(definition) as unknown as z.ZodMiniObject<Shape, Config>;

/** An object that drops unknown keys. */
export const object = <Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape> =>
  made({ type: 'object', shape });

/** An object that may have unknown keys. */
export const looseObject = <Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$loose> =>
  made({ type: 'object', shape, catchall: z.unknown() });
