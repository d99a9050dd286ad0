import { SchemaFault } from './fault.js';
import type { SchemaObject } from './walk.js';

/** A version of JSON Schema. */
export interface Draft {
  name: 'draft-07' | '2020-12';
  /** Whether this is assumed, because the schema doesn't name a draft. */
  isDefault: boolean;
}

const names: Readonly<Record<string, Draft['name']>> = {
  'json-schema.org/draft-07/schema': 'draft-07',
  'json-schema.org/draft/2020-12/schema': '2020-12',
};

/** Returns the draft that a schema is written for. Throws SchemaFault. */
export function draftOf({ $schema }: SchemaObject): Draft {
  if ($schema === undefined) return { name: '2020-12', isDefault: true };
  const address = typeof $schema === 'string' ? $schema.replace(/^https?:\/\//, '').replace(/#$/, '') : '';
  const name = Object.hasOwn(names, address) ? names[address] : undefined;
  if (name !== undefined) return { name, isDefault: false };
  const [, other] = /^json-schema\.org\/(draft-\d\d|draft\/\d{4}-\d\d)\/schema$/.exec(address) ?? [];
  throw new SchemaFault('unknown-draft', ['$schema'], { detail: other?.replace('draft/', 'draft ') });
}
