/** What a body may be instead of UTF-8, judging by its first bytes. */
export type ForeignForm = 'UTF-16LE' | 'UTF-16BE' | 'gzip';

/** How each form begins, in hex; `..` is any byte but NUL. JSON begins with two ASCII characters, which UTF-16 pads with NULs. */
const beginnings: readonly (readonly [ForeignForm, RegExp])[] = [
  ['gzip', /^1f8b/],
  ['UTF-16LE', /^(?:fffe|(?!00)..00(?!00)..00)/],
  ['UTF-16BE', /^(?:feff|00(?!00)..00(?!00)..)/],
];

/** Recognises UTF-16, with or without a byte order mark, and compressed data. */
export function foreignFormOf(bytes: Uint8Array): ForeignForm | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return beginnings.find(([, pattern]) => pattern.test(beginning))?.[0];
}
