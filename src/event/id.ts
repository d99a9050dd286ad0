const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Returns the canonical spelling of an id: UUIDs are case-insensitive (RFC 9562), and other ids stay as they are. */
export const oneSpelling = (id: string): string => (uuid.test(id) ? id.toLowerCase() : id);

export const isSameId = (one: string, other: string): boolean =>
  one === other || oneSpelling(one) === oneSpelling(other);
