import { lineFinder } from '../json/line-column.js';
import { readJsonText, type Path } from '../json/text.js';
import type { Configuration, Source } from './configuration.js';

type FileSource = Extract<Source, { kind: 'file' | 'profile' }>;

/** Tells in which line of the configuration file something stands that came from there: `path` is its place in a level. */
export function settingLinesIn({ text = '{}' }: Configuration): (path: Path, source: FileSource) => number {
  const { spanOf } = readJsonText(text);
  const lineOf = lineFinder(text);
  return (path, source) => {
    const level = source.kind === 'profile' ? ['profiles', source.name] : [];
    return lineOf(spanOf([...level, ...path], 'key'));
  };
}
