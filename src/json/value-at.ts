/**
 * Returns the value at `path`. Follows only own keys, and positions only in arrays, so that a path like `__proto__.x` or
 * `list.length` finds nothing that wasn't sent.
 */
export function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !isKeyOf(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Whether the key is the JSON's own. */
export const isKeyOf = (json: object, key: PropertyKey): boolean =>
  Object.hasOwn(json, key) && (!Array.isArray(json) || isPosition(key));

export const isPosition = (key: PropertyKey): boolean => /^(?:0|[1-9]\d*)$/.test(String(key));
