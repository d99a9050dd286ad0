import { Parser } from 'tap-parser';

export interface Point {
  ok: boolean;
  name: string;
  skip?: string | boolean;
  diag?: unknown;
}

/** The test points of a TAP document, as another program reads them. */
export const pointsIn = (document: string): Point[] =>
  Parser.parse(document).flatMap(([kind, value]) => (kind === 'assert' ? [value as Point] : []));
