const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Returns one spelling for all that an id has: RFC 9562 reads a UUID in any case, and other ids are as they are. */
export const oneSpelling = (id: string): string => (uuid.test(id) ? id.toLowerCase() : id);

export const isSameId = (one: string, other: string): boolean =>
  one === other || oneSpelling(one) === oneSpelling(other);
