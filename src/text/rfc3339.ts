const pattern =
  /^(\d{4}-\d\d-\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Returns milliseconds since 1970, or undefined for a text that isn't an RFC 3339 time. Leap seconds aren't supported. */
export function rfc3339Time(text: string): number | undefined {
  const [, day] = pattern.exec(text) ?? [];
  // Date parses 30 February as 2 March.
  const isReal = day !== undefined && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  return isReal ? Date.parse(text.toUpperCase()) : undefined;
}
