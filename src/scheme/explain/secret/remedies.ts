export const asItIs = 'use the secret as the text that it is, neither decoded nor cut';
export const withWhsec = 'use the secret as the text that it is, whsec_ included, and decode nothing';
export const noNewline = "cut the newline off where the secret is read, or write it with printf '%s'";
export const noBlanks = 'remove the blanks before and after the secret where it is kept';
