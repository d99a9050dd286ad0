const utf8 = new TextDecoder();

/** A body as JSON; undefined where it isn't any. */
export function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
