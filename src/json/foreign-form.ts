/** What a text may be instead of UTF-8, as its first bytes show. */
export type ForeignForm = 'UTF-16LE' | 'UTF-16BE' | 'gzip';

/** How each form begins, in hex; `..` is any byte but NUL. JSON begins with two characters of ASCII, which have a NUL beside them in UTF-16. */
const beginnings: readonly (readonly [ForeignForm, RegExp])[] = [
  ['gzip', /^1f8b/],
  ['UTF-16LE', /^(?:fffe|(?!00)..00(?!00)..00)/],
  ['UTF-16BE', /^(?:feff|00(?!00)..00(?!00)..)/],
];

/** Recognises a text in UTF-16, with or without its mark, and one that is compressed. */
export function foreignFormOf(bytes: Uint8Array): ForeignForm | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return beginnings.find(([, pattern]) => pattern.test(beginning))?.[0];
}
