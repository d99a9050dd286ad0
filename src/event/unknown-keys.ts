import type * as z from 'zod/mini';
import type { Problem } from './problem.js';

type Path = Problem['path'];

/** Returns the paths of the keys that `schema` doesn't name, in the order of the JSON. */
export function unknownKeys(json: unknown, schema: unknown, path: Path = []): Path[] {
  if (typeof json !== 'object' || json === null) return [];
  const { shape, element } = layersOf(schema);
  if (Array.isArray(json)) {
    if (element === undefined) return [];
    return json.flatMap((item, index) => unknownKeys(item, element, [...path, index]));
  }
  return shape ? inObject(json, shape, path) : [];
}

function inObject(json: object, shape: Record<string, unknown>, path: Path): Path[] {
  const found: Path[] = [];
  // Parsed JSON inherits no keys.
  for (const key in json) {
    const value = (json as Record<string, unknown>)[key];
    if (!Object.hasOwn(shape, key)) found.push([...path, key]);
    // Most values are strings, which have no keys.
    else if (typeof value === 'object')
      for (const below of unknownKeys(value, shape[key], [...path, key])) found.push(below);
  }
  return found;
}

/** Unwraps `optional` and the like. */
export function layersOf(schema: unknown): Partial<Omit<Layers, 'innerType'>> {
  const { def } = schema as z.core.$ZodType & { def: Partial<Layers> };
  return def.innerType === undefined ? def : layersOf(def.innerType);
}

interface Layers {
  type: string;
  innerType: unknown;
  shape: Record<string, unknown>;
  element: unknown;
}
