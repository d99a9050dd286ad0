import type { Token } from './tokens.js';

/** How a language rewrites parsed numbers. */
export type NumberWriter = (lexeme: string) => string;

/** Returns the tokens with all numbers parsed and rewritten. */
export const rewriteNumbers = (tokens: readonly Token[], write: NumberWriter): Token[] =>
  tokens.map(token => {
    if (token.kind !== 'number') return token;
    const text = write(token.text);
    return text === token.text ? token : { kind: 'number', text };
  });

/** Whether every language leaves a number unchanged. */
export const isPlainInteger = (lexeme: string): boolean => /^(?:0|-?[1-9]\d{0,14})$/.test(lexeme);

const isInteger = (lexeme: string): boolean => /^-?\d+$/.test(lexeme);

/** JavaScript and Go's `any` have only doubles, and write them the same way. */
export const asDoubles: NumberWriter = lexeme => {
  const value = Number(lexeme);
  return Number.isFinite(value) ? JSON.stringify(value) : lexeme;
};

interface FloatStyle {
  /** The powers of ten from which, and below which, a number has an exponent. */
  large: number;
  small: number;
  /** The minimum digits of an exponent. */
  width: number;
  mark: 'e+' | 'E';
  /** A mantissa of one digit is written as 1.0. */
  hasFraction: boolean;
  /** Whole numbers end with .0. */
  isMarked: boolean;
}

const floats =
  (style: FloatStyle): NumberWriter =>
  lexeme => {
    const value = Number(lexeme);
    if (!Number.isFinite(value)) return lexeme;
    const [mantissa = '', power = '0'] = value.toExponential().split('e');
    const exponent = Number(power);
    if (value === 0 || (exponent >= style.small && exponent < style.large)) return fixed(value, style);
    const digits = style.hasFraction && !mantissa.includes('.') ? `${mantissa}.0` : mantissa;
    const mark = exponent < 0 ? `${style.mark.charAt(0)}-` : style.mark;
    return digits + mark + String(Math.abs(exponent)).padStart(style.width, '0');
  };

function fixed(value: number, { isMarked }: FloatStyle): string {
  const sign = Object.is(value, -0) ? '-' : '';
  const text = /e/.test(String(value)) ? expanded(value) : sign + String(value);
  return isMarked && !text.includes('.') ? `${text}.0` : text;
}

/** Writes a small number without an exponent. */
function expanded(value: number): string {
  const [mantissa = '', power = '0'] = value.toExponential().split('e-');
  return value.toFixed(Math.min(100, Number(power) + mantissa.replace(/^-?\d\.?/, '').length));
}

const python = floats({ large: 16, small: -4, width: 2, mark: 'e+', hasFraction: false, isMarked: true });
const ruby = floats({ large: 16, small: -4, width: 2, mark: 'e+', hasFraction: true, isMarked: true });
const java = floats({ large: 7, small: -3, width: 1, mark: 'E', hasFraction: true, isMarked: true });
const php = floats({ large: 15, small: -4, width: 1, mark: 'e+', hasFraction: true, isMarked: false });

/** These keep integers of any length, or of 64 bits. */
export const asInPython: NumberWriter = lexeme => (isInteger(lexeme) ? integer(lexeme) : python(lexeme));
export const asInRuby: NumberWriter = lexeme => (isInteger(lexeme) ? integer(lexeme) : ruby(lexeme));
export const asInJava: NumberWriter = lexeme => (isInteger(lexeme) ? integer(lexeme) : java(lexeme));
export const asInPhp: NumberWriter = lexeme => (isInteger(lexeme) && isIn64Bits(lexeme) ? lexeme : php(lexeme));

const integer = (lexeme: string): string => (lexeme === '-0' ? '0' : lexeme);

const isIn64Bits = (lexeme: string): boolean => {
  const value = BigInt(lexeme);
  return BigInt.asIntN(64, value) === value;
};

/** Each way to write some of the whole numbers with a fraction, for bodies that have few of them. */
export function* withFractions(tokens: readonly Token[]): Generator<Token[]> {
  const places = tokens.flatMap(({ kind, text }, index) => (kind === 'number' && isInteger(text) ? [index] : []));
  if (places.length === 0) return;
  const all = 2 ** places.length - 1;
  const choices = places.length <= 5 ? Array.from({ length: all }, (_, index) => index + 1) : [all];
  for (const choice of choices) {
    const chosen = new Set(places.filter((_, index) => places.length > 5 || (choice >> index) & 1));
    yield tokens.map((token, index) => (chosen.has(index) ? { kind: 'number', text: `${token.text}.0` } : token));
  }
}
