import type { Token } from './tokens.js';

/** The white space of a serialiser. */
export interface Layout {
  id: string;
  /** Completes "re-serialised as". */
  words: string;
  /** Between two items on one line. */
  comma: string;
  colon: string;
  /** The indentation of one level; undefined if everything is on one line. */
  indent?: string;
  /** Inside the brackets of non-empty values on one line. */
  padding?: string;
  /** Arrays stay on one line and don't indent their content, as in Jackson. */
  inlineArrays?: true;
  /** Inside empty brackets. */
  emptyPadding?: string;
  /** The number of line breaks inside empty brackets. */
  emptyLines?: { array: number; object: number };
}

const indented = (id: string, by: string, indent: string): Layout => ({
  id,
  words: `JSON indented by ${by}`,
  comma: ',',
  colon: ': ',
  indent,
});

export const compact: Layout = { id: '', words: 'compact JSON', comma: ',', colon: ':' };
export const spread: Layout = {
  id: 'spread',
  words: 'JSON with a space after each comma and colon',
  comma: ', ',
  colon: ': ',
};
export const twoSpaces = indented('2-spaces', '2 spaces', '  ');
export const fourSpaces = indented('4-spaces', '4 spaces', '    ');
export const tabs = indented('tabs', 'tabs', '\t');
export const jackson: Layout = {
  ...{ id: 'jackson', words: "JSON the way Jackson's default pretty printer writes it" },
  ...{ comma: ', ', colon: ' : ', indent: '  ', inlineArrays: true, padding: ' ', emptyPadding: ' ' },
};

/** Versions of Ruby's json before 2.10 break the lines of empty arrays and objects, too. */
export const rubyPretty: Layout = { ...twoSpaces, emptyLines: { array: 2, object: 1 } };

/** The most likely first. */
export const layouts: readonly Layout[] = [
  compact,
  twoSpaces,
  spread,
  fourSpaces,
  tabs,
  jackson,
  indented('1-space', '1 space', ' '),
  indented('3-spaces', '3 spaces', '   '),
  {
    ...twoSpaces,
    id: 'spaced-colons-2-spaces',
    words: 'JSON indented by 2 spaces with " : " between key and value',
    colon: ' : ',
    emptyLines: { array: 2, object: 2 },
  },
  rubyPretty,
  { id: 'spaced-colons', words: 'JSON with a space after each colon', comma: ',', colon: ': ' },
  { id: 'spaced-commas', words: 'JSON with a space after each comma', comma: ', ', colon: ':' },
  { id: 'padded', words: 'JSON with spaces inside its brackets', comma: ', ', colon: ': ', padding: ' ' },
];

interface WriteOptions {
  eol?: string;
  /** The maximum number of characters to write. */
  limit?: number;
}

/**
 * Writes tokens in a layout. Undefined if that takes more than `limit` characters: indentation swells a hostile body.
 */
export function write(
  tokens: readonly Token[],
  layout: Layout,
  { eol = '\n', limit = mostCharacters }: WriteOptions = {},
): string | undefined {
  const writer = new Writer(layout, eol);
  let text = '';
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || text.length > limit) return undefined;
    text += writer.write(token, tokens, index);
  }
  return text;
}

const mostCharacters = 8 * 2 ** 20;

class Writer {
  private readonly layout: Layout;
  private readonly eol: string;
  private readonly breaks: string[] = [];
  /** For each open bracket, whether its content stays on one line. */
  private readonly inline: boolean[] = [];
  private depth = 0;

  constructor(layout: Layout, eol: string) {
    this.layout = layout;
    this.eol = eol;
  }

  write(token: Token, tokens: readonly Token[], index: number): string {
    switch (token.kind) {
      case '{':
      case '[':
        return token.kind + this.open(token, closes(tokens[index + 1]));
      case '}':
      case ']':
        return this.close(token, opens(tokens[index - 1])) + token.kind;
      case ',':
        return this.isOnOneLine() ? this.layout.comma : `,${this.lineBreak()}`;
      case ':':
        return this.layout.colon;
      default:
        return token.text;
    }
  }

  /**
   * Returns the white space after an opening bracket. In empty brackets, the last line break comes before the closing
   * one.
   */
  private open(token: Token, isEmpty: boolean): string {
    const { inlineArrays = false, padding = '', emptyPadding = '' } = this.layout;
    const isInline = inlineArrays && token.kind === '[';
    this.inline.push(isInline);
    if (!isInline) this.depth += 1;
    if (isEmpty) return emptyPadding + this.eol.repeat(Math.max(0, this.linesIn(token) - 1));
    return isInline ? padding : this.lineBreak();
  }

  private close(token: Token, isEmpty: boolean): string {
    const isInline = this.inline.pop() ?? false;
    if (!isInline) this.depth -= 1;
    if (isEmpty && this.linesIn(token) === 0) return '';
    return isInline ? (this.layout.padding ?? '') : this.lineBreak();
  }

  private isOnOneLine(): boolean {
    return this.layout.indent === undefined || this.inline.at(-1) === true;
  }

  private lineBreak(): string {
    const { indent, padding = '' } = this.layout;
    return indent === undefined ? padding : (this.breaks[this.depth] ??= this.eol + indent.repeat(this.depth));
  }

  private linesIn({ kind }: Token): number {
    const { emptyLines } = this.layout;
    return (kind === '[' || kind === ']' ? emptyLines?.array : emptyLines?.object) ?? 0;
  }
}

const opens = (token: Token | undefined): boolean => token?.kind === '{' || token?.kind === '[';
const closes = (token: Token | undefined): boolean => token?.kind === '}' || token?.kind === ']';
