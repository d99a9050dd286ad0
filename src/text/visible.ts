/**
 * What a terminal would act on or hide: controls (C0, DEL, C1), soft hyphen, bidi and zero-width characters, line and
 * paragraph separators, byte order marks, tags, lone surrogates. Two more could start a command in a CI log: the second
 * colon of `::` (GitHub; not in an address like `[::1]`) and the second sign of `##` (GitHub, Azure, TeamCity).
 */
const risky =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|[\ud800-\udfff]|(?<=:):(?![\d\]/])|(?<=#)#/gu;

const escapeUnits = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
    '',
  );

/**
 * Text from outside, made safe for a terminal or a CI log: every risky character as its JSON escape. A line of JSON
 * stays the same JSON, since such characters stand only inside its strings.
 */
export const visible = (text: string): string => (suspicious.test(text) ? text.replace(risky, escapeUnits) : text);

/** All that `risky` may match, and more: most texts have none of it, and the search for `risky` takes far longer. */
const suspicious = /[^\x20-\x7e]|::|##/;
