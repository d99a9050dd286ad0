import stringWidth from 'fast-string-width';

/** Returns the columns that a text takes. Most texts are ASCII and our marks; measuring others costs half a Node start-up. */
export const widthOf = (text: string): number =>
  /^[\x20-\x7e✔✘⚠–→←↻…]*$/.test(text) ? text.length : stringWidth(text);
