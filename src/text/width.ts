import stringWidth from 'fast-string-width';

/** In columns. Most texts are plain but for our marks, and to measure others takes as long as half a start of Node. */
export const widthOf = (text: string): number =>
  /^[\x20-\x7e✔✘⚠–→←↻…]*$/.test(text) ? text.length : stringWidth(text);
