import type { EventName } from './catalogue.js';
import { loadSchemas } from './inspect.js';
import type { Path } from './reshape.js';
import { layersOf } from './unknown-keys.js';
import { isPosition } from '../json/value-at.js';
import { nearestName } from '../text/nearest.js';

/** A path that no schema has, and the one that was probably meant. */
export interface UnknownPath {
  path: string;
  meant?: string;
}

/** Returns the `paths` that none of these events' schemas has. */
export async function unknownPaths(paths: readonly Path[], events: readonly EventName[]): Promise<UnknownPath[]> {
  const schemaOf = await loadSchemas();
  const schemas = events.map(schemaOf);
  const isKnown = (path: Path): boolean => schemas.some(schema => hasPath(schema, path));
  const known = [...new Set(schemas.flatMap(schema => pathsIn(schema)))];
  return paths
    .filter(path => !isKnown(path))
    .map(path => {
      const text = path.join('.');
      const meant = meantBy(path, known);
      return { path: text, ...(meant !== undefined && { meant }) };
    });
}

function hasPath(schema: unknown, [key, ...others]: Path): boolean {
  if (key === undefined) return true;
  const { type, shape, element } = layersOf(schema);
  if (type === 'unknown') return true;
  if (element !== undefined) return isPosition(key) && hasPath(element, others);
  return shape !== undefined && Object.hasOwn(shape, key) && hasPath(shape[key], others);
}

/** Lists paths from the outside in, with the first position of each array. */
function pathsIn(schema: unknown, path: Path = []): string[] {
  const { shape, element } = layersOf(schema);
  const below = element === undefined ? Object.entries(shape ?? {}) : [['0', element] as const];
  return below.flatMap(([key, inner]) => [[...path, key].join('.'), ...pathsIn(inner, [...path, key])]);
}

/** A known path that extends it or that it extends, or else the nearest one. */
function meantBy(path: Path, known: readonly string[]): string | undefined {
  const text = path.join('.');
  const [down] = known.filter(name => name.endsWith(`.${text}`)).sort((one, other) => one.length - other.length);
  const up = path.length > 1 ? path.slice(1).join('.') : '';
  return down ?? (known.includes(up) ? up : nearestName(text, known));
}
