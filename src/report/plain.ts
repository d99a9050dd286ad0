/**
 * Controls, formats (bidi, zero-width), lone surrogates, separators and non-characters: what a terminal acts on, what a
 * reader can't see, and all that XML 1.0 forbids. And the second sign of `::` and `##`, which start commands in CI logs.
 */
const risky = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|(?<=:):(?![\d\]/])|(?<=#)#/gu;

const escapeUnits = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
    '',
  );

/** Text from outside, on one line, with every risky character as its JSON escape. */
export const oneLine = (text: string): string => text.replace(/[\r\n\t]+/g, ' ').replace(risky, escapeUnits);

/** The same, line by line. */
export const plainLines = (text: string): string[] => text.split(/\r?\n/).map(oneLine);
