import type { Style } from '../../contract/command.js';

/** What was written, and what to try now. */
export interface InitReport {
  type: 'init';
  /** Files that were made, the configuration first. */
  written: string[];
  /** What `.gitignore` has a new line for. */
  ignored?: string;
  /** What is left to do by hand. */
  todo?: string;
  /** Command lines. */
  next: string[];
}

export const view = ({ written, ignored, todo, next }: InitReport, { good, strong, marks, visible }: Style): string =>
  [
    ...written.map(file => `${good(marks.good)} wrote ${visible(file)}`),
    ...(ignored === undefined ? [] : [`${good(marks.good)} added ${visible(ignored)} to .gitignore`]),
    ...(todo === undefined ? [] : [`${strong('First:')} ${visible(todo)}`]),
    strong('Now try:'),
    ...next.map(line => `  ${visible(line)}`),
  ].join('\n');
