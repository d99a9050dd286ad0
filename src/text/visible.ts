/**
 * Makes foreign text safe for a terminal, a CI log or a document: every risky character becomes its JSON escape. A line of
 * JSON stays the same JSON, since such characters occur only inside its strings.
 */
export const visible = (text: string): string => (suspicious.test(text) ? text.replace(risky(), escapeUnits) : text);

/** Returns the text on one line: line breaks and tabs become blanks, and every other risky character is escaped. */
export const oneLine = (text: string): string => visible(text.replace(/[\r\n\t]+/g, ' '));

/** Returns the lines of a text, each of them safe. */
export const plainLines = (text: string): string[] => text.split(/\r?\n/).map(oneLine);

/** A superset of `risky` that is far faster to search for; most texts don't match it. */
const suspicious = /[^\x20-\x7e]|::|##/;

let compiled: RegExp | undefined;

/** Compiled once, when the first text needs it. */
const risky = (): RegExp => (compiled ??= new RegExp(`[${unseen()}]|${commands}`, 'gu'));

// The second colon of `::` starts a command on GitHub, but not in an address like `[::1]` or `[fd00::abcd]`; the second `#` of
// `##` does so on GitHub, Azure and TeamCity.
const commands = String.raw`(?<=:)(?!(?<=\[[\da-fA-F:]*):[\da-fA-F:.]*\]):(?![\d\]/])|(?<=#)#`;

/**
 * Returns the characters that are invisible, or change how text around them looks, for a class of a regular expression.
 * Ranges instead of classes such as `\p{Cf}`, which take 15 ms to compile. Together they cover Cc, Cf, Cs, Zl, Zp, the
 * non-characters, and every invisible character outside of these.
 */
export function unseen(): string {
  const ranges = [
    // Controls: C0, DEL and C1. A terminal acts on them, and XML forbids most of them.
    String.raw`\0-\x1f\x7f-\x9f`,
    // Invisible: soft hyphen, joiners, fillers, zero-width characters, variation selectors, byte order mark.
    String.raw`\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8`,
    // Changes the direction of the text around it.
    String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f`,
    // Line and paragraph separators.
    String.raw`\u2028\u2029`,
    // Formats the characters after it: Arabic, Syriac and Kaithi signs, annotations, hieroglyphs, shorthand, music.
    String.raw`\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}`,
    // Lone surrogates, tags and further variation selectors.
    String.raw`\ud800-\udfff\u{e0000}-\u{e0fff}`,
    // The non-characters of the first plane.
    String.raw`\ufdd0-\ufdef\ufffe\uffff`,
  ];
  return `${ranges.join('')}${lastOfPlanes()}`;
}

/** The last two code points of every other plane are non-characters, too. */
function lastOfPlanes(): string {
  let range = '';
  for (let plane = 1; plane <= 0x10; plane += 1)
    range += `\\u{${plane.toString(16)}fffe}\\u{${plane.toString(16)}ffff}`;
  return range;
}

function escapeUnits(text: string): string {
  let escaped = '';
  for (let index = 0; index < text.length; index += 1) {
    escaped += `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
