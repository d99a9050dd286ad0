export const asItIs = 'use the text of the secret unchanged, without decoding or trimming it';
export const withWhsec = 'use the text of the secret unchanged, including whsec_, without decoding it';
export const noNewline = "strip the newline when reading the secret, or write it with printf '%s'";
export const noBlanks = 'remove the blanks before and after the stored secret';
