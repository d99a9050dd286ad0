import type * as z from 'zod';

/** The paths of keys that `schema` doesn't name, in the order in which they stand. */
export function unknownKeys(
  json: unknown,
  schema: unknown,
  path: readonly PropertyKey[] = [],
): (readonly PropertyKey[])[] {
  if (typeof json !== 'object' || json === null) return [];
  const { shape, element } = layersOf(schema);
  if (element !== undefined) {
    return Array.isArray(json) ? json.flatMap((item, index) => unknownKeys(item, element, [...path, index])) : [];
  }
  if (shape === undefined || Array.isArray(json)) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    Object.hasOwn(shape, key) ? unknownKeys(value, shape[key], [...path, key]) : [[...path, key]],
  );
}

/** What stands behind `optional` and the like. */
function layersOf(schema: unknown): { shape?: Record<string, unknown>; element?: unknown } {
  const { def } = schema as z.core.$ZodType & { def: Partial<Layers> };
  return def.innerType === undefined ? def : layersOf(def.innerType);
}

interface Layers {
  innerType: unknown;
  shape: Record<string, unknown>;
  element: unknown;
}
