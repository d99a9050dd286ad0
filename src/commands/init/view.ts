import type { Style } from '../../contract/command.js';

/** The files written, and the commands to try next. */
export interface InitReport {
  type: 'init';
  /** Files written, the configuration first. */
  written: string[];
  /** The file added to `.gitignore`. */
  ignored?: string;
  /** What the user still has to do. */
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
