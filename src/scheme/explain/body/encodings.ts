import { utf8In } from '../../../text/utf8.js';

const latin1Text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

export const isAscii = (bytes: Uint8Array): boolean => bytes.every(byte => byte < 0x80);

/** Also in the format of the `base64` command: lines of 76 characters and a final newline. */
export function spelt(bytes: Uint8Array, encoding: 'base64' | 'hex'): string[] {
  const text = Buffer.from(bytes).toString(encoding);
  const lines = text.replace(/.{76}(?=.)/g, '$&\n');
  return [...new Set([text, `${text}\n`, lines, `${lines}\n`])];
}

export function decoded(bytes: Uint8Array): Uint8Array | undefined {
  const text = latin1Text(bytes).replace(/[\r\n]/g, '');
  if (text.length < 4 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

export function hexDecoded(bytes: Uint8Array): Uint8Array | undefined {
  const text = latin1Text(bytes).trim();
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

export function pythonBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const text = latin1Text(bytes).replace(/[\\'"\u0000-\u001f\u007f-\u00ff]/g, character => {
    if (character === '\\' || character === quote) return `\\${character}`;
    if (character === '"' || character === "'") return character;
    const brief = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return brief ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `b${quote}${text}${quote}`;
}

export function inUtf16(text: string | undefined): Uint8Array[] | undefined {
  if (text === undefined) return undefined;
  const little = Buffer.from(text.replace(/^\ufeff/, ''), 'utf16le');
  const big = Buffer.from(little).swap16();
  return [little, Buffer.concat([Buffer.from('fffe', 'hex'), little]), big, Buffer.concat([Buffer.from('feff', 'hex'), big])]; // prettier-ignore
}

export function fromUtf16(bytes: Uint8Array): string[] | undefined {
  if (bytes.length % 2 !== 0 || !bytes.includes(0)) return undefined;
  const big = Buffer.from(bytes).swap16();
  return [bytes, big].flatMap(each => {
    const text = Buffer.from(each).toString('utf16le');
    return [text.replace(/^\ufeff/, ''), text];
  });
}

export const inLatin1 = (text: string | undefined): Uint8Array | undefined =>
  text !== undefined && /[\u0080-\u00ff]/.test(text) && !/[\u0100-\uffff]/.test(text)
    ? Buffer.from(text, 'latin1')
    : undefined;

export const decodedAs = (bytes: Uint8Array, encodings: readonly string[]): string[] =>
  encodings.map(encoding => (encoding === 'latin1' ? latin1Text(bytes) : new TextDecoder(encoding).decode(bytes)));

export function withoutMojibake(text: string | undefined): Uint8Array | undefined {
  const bytes = inLatin1(text);
  return bytes && utf8In(bytes) !== undefined ? bytes : undefined;
}

export function replacedLetters(text: string | undefined): string[] | undefined {
  if (text === undefined || !/[\u0080-\uffff]/.test(text)) return undefined;
  const bytes = latin1Text(Buffer.from(text));
  return [
    text.replace(/[\u0080-\uffff]/gu, '?'),
    text.replace(/[\u0080-\uffff]/g, '?'),
    text.replace(/[^\u0000-\u007f]/gu, '?'),
    bytes.replace(/[\u0080-\u00ff]/g, '?'),
    bytes.replace(/[\u0080-\u00ff]/g, ''),
    bytes.replace(/[\u0080-\u00ff]/g, '\ufffd'),
    text.replace(/[\u0080-\uffff]/g, '\ufffd'),
  ];
}

export function cuts(bytes: Uint8Array, length: number, text: string | undefined): Uint8Array[] {
  const lengths = [length, text?.length ?? bytes.length, Array.from(text ?? '').length];
  return lengths.filter(each => each > 0 && each < bytes.length).map(each => bytes.subarray(0, each));
}
