const utf8 = new TextDecoder();

/** Parses a body; undefined if it isn't JSON. */
export const jsonIn = (body: Uint8Array): unknown => jsonOf(utf8.decode(body));

/** Parses a text; undefined if it isn't JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isJson = (text: string): boolean => jsonOf(text) !== undefined;
