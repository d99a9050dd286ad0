import type { Summary } from './about.js';
import type { Finding } from './finding.js';
import { github } from './github.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { tap } from './tap.js';

/** Findings as documents for other programs. All text is escaped. */
export const documents = { junit, tap, github, markdown, json, sarif } satisfies Record<
  string,
  (findings: readonly Finding[], title: string, summary?: Summary) => string
>;

export type DocumentForm = keyof typeof documents;

/** A page is for people, and is built separately because it needs more data and code. */
export type ReportForm = DocumentForm | 'html';
