import { readFileSync } from 'node:fs';

/** The bodies that Fin publishes, byte for byte. */
export const publishedFiles = ['full_2026-01', 'trimmed'].flatMap(shape => [
  `${shape}.compact.json`,
  `${shape}.pretty2.json`,
]);

export const published = (file: string): Buffer =>
  readFileSync(new URL(`../../fixtures/vectors/${file}`, import.meta.url));

type Json = Record<string, unknown>;

export interface EventDocument {
  event: Json;
  data: Json;
}

/** The most complete of them, parsed again for each caller. */
export const fullDocument = (): EventDocument =>
  JSON.parse(published('full_2026-01.compact.json').toString()) as EventDocument;

/** The most complete one with another value, or none (`undefined`), at a place such as `data.type`; '' is the whole body. */
export function changed(place: string, value: unknown): Uint8Array {
  const document: Json = { body: fullDocument() };
  const keys = ['body', ...place.split('.').filter(Boolean)];
  const last = keys.pop() ?? '';
  let parent = document;
  for (const key of keys) parent = parent[key] as Json;
  parent[last] = value;
  return Buffer.from(JSON.stringify(document['body']));
}
