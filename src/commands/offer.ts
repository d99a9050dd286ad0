import type { Context } from './command.js';

/** Something that may stand where a value is asked for. */
export interface Candidate {
  name: string;
  /** A clause. */
  meaning?: string | undefined;
}

/** What a shell may offer for a value. It stands with the value's parser, so that no flag is told of twice. */
export interface Offer {
  candidates?: Candidates;
  /** Several, divided by commas. */
  isList?: true;
  /** The flag may be given again. */
  isRepeatable?: true;
  /** Of this machine. A value without an offer is one, too, where its placeholder says so: `<file>`, `<folder>`. */
  isFile?: true;
  /** One of the candidates may be followed by = and a file. */
  hasFile?: true;
}

type Candidates =
  readonly Candidate[] | ((line: UnfinishedLine) => readonly Candidate[] | Promise<readonly Candidate[]>);

/** The command line as far as it is there, and what is around it. */
export interface UnfinishedLine extends Pick<Context, 'cwd' | 'packageRoot' | 'userId'> {
  /** The values of flags, as they were typed: nobody has checked them. */
  given: Readonly<Record<string, string>>;
}

type Parser<T> = (text: string, earlier?: T) => T;

/** The same parser, with more to offer. */
export const offering = <T>(offer: Offer, parse: Parser<T>): Parser<T> =>
  Object.assign((text: string, earlier?: T) => parse(text, earlier), { offer: { ...offerOf(parse), ...offer } });

/** What a parser has to offer. */
export const offerOf = (parse: object | undefined): Offer =>
  parse !== undefined && 'offer' in parse ? (parse.offer as Offer) : {};

export const repeatable = <T>(parse: Parser<T>): Parser<T> => offering({ isRepeatable: true }, parse);

export const named = (names: readonly string[]): Candidate[] => names.map(name => ({ name }));
