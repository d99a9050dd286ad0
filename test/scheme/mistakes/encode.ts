export const base64 = (text: Uint8Array | string) => Buffer.from(text).toString('base64');
export const hex = (text: Uint8Array | string) => Buffer.from(text).toString('hex');
export const utf16 = (text: string) => Buffer.from(text, 'utf16le');
export const marked = (digits: string, bytes: Uint8Array) => Buffer.concat([Buffer.from(digits, 'hex'), bytes]);
